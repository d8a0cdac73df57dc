package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class HandshakeLimitsTest {
  private final HandshakeLimits limits = new HandshakeLimits();

  private static InetAddress address(int number) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number});
  }

  @Test
  void oneAddressHasSixteen() throws Exception {
    for (int i = 0; i < 16; i++) {
      assertTrue(limits.enter(address(1)));
    }
    assertFalse(limits.enter(address(1)));
    assertTrue(limits.enter(address(2)));
    limits.leave(address(1));
    assertTrue(limits.enter(address(1)));
  }

  @Test
  void allTogetherHaveTwoHundredAndFiftySix() throws Exception {
    for (int i = 0; i < 256; i++) {
      assertTrue(limits.enter(address(i / 16)));
    }
    assertFalse(limits.enter(address(99)));
    assertFalse(limits.enter(InetAddress.getLoopbackAddress()));
    limits.leave(address(0));
    assertTrue(limits.enter(address(99)));
  }

  @Test
  void theLoopbackAddressHasOnlyTheCommonLimit() {
    for (int i = 0; i < 256; i++) {
      assertTrue(limits.enter(InetAddress.getLoopbackAddress()));
    }
    assertFalse(limits.enter(InetAddress.getLoopbackAddress()));
  }
}
