package io.ppio.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The published token of the interface specification 6.2.
class AccessTokenVectorTest {
  private static final long EXPIRY = 1539347422;
  private static final String SIGNATURE =
      "4ef8d76685cf81675d5356e16f30b5c5f7ae63a3665a665dd3cf225ab7b4aa73"
          + "72012029203d3aca5f3317bf4297be1507d171930726ede7e864a9b8a4d6c5b900";

  private static AccessToken token() throws MalformedMessage {
    PrivateKey owner =
        IdentityVectorTest.key("ac03744c7f1f01842024025eb13ab49cb2bfd62bb677bc6ada7a00233214bc42");
    PeerId accessor =
        PeerId.parse(
            "002508021221024d8a69222ab1b305aa6abd5615058ed0e7e9f4da04e190284bbfb5fae968b348");
    Hash object = HexHash.of("7547df322cbaf84fd02248133bf5a1c2fae7296960eced0ef6bde2ff3ef37cf8");
    return AccessToken.issue(owner, object, accessor, EXPIRY);
  }

  @Test
  void signsAsPublished() throws Exception {
    assertEquals(SIGNATURE, token().signature().bytes().hex());
    assertEquals(
        SIGNATURE
            + "7547df322cbaf84fd02248133bf5a1c2fae7296960eced0ef6bde2ff3ef37cf8"
            + "27000000002508021221033fb36e1471d2153d0759e14386c6c294b1ad09244841ee8d043eadd1bfe7baaa"
            + "27000000002508021221024d8a69222ab1b305aa6abd5615058ed0e7e9f4da04e190284bbfb5fae968b348"
            + "de93c05b00000000",
        token().hex());
  }

  @Test
  void holdsUntilItExpires() throws Exception {
    AccessToken token = AccessToken.parse(token().hex());
    assertEquals(token(), token);
    assertTrue(token.isValid(Instant.ofEpochSecond(EXPIRY - 1)));
    assertFalse(token.isValid(Instant.ofEpochSecond(EXPIRY)));
  }

  @Test
  void damageIsRefusedOrInvalid() throws Exception {
    Random random = new Random(4);
    byte[] good = token().encode();
    Instant before = Instant.ofEpochSecond(EXPIRY - 1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertFalse(AccessToken.decode(damaged).isValid(before));
      } catch (MalformedMessage e) {
        assertFalse(e.toString().contains(SIGNATURE));
      }
      byte[] shorter = Arrays.copyOf(good, random.nextInt(good.length));
      assertThrows(MalformedMessage.class, () -> AccessToken.decode(shorter));
    }
    assertThrows(MalformedMessage.class, () -> AccessToken.parse("x".repeat(382)));
  }
}
