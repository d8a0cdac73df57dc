package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.transport.AdmissionPolicy.Crowd;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What [CrowdTable] counts is what a look at every tunnel would find.
class CrowdTableTest {
  private final CrowdTable crowds = new CrowdTable();

  private static InetAddress parsed(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,    2, 3",
    "10.1.2.4,    1, 3",
    "10.1.3.3,    1, 1",
    "10.9.9.9,    0, 0",
    "2001:db8::7, 1, 2",
    "2001:db8:0:9::1, 1, 2",
    "2001:db8:1::1, 0, 0",
  })
  void hostsAndNetworksAreCountedByTheirPrefix(String address, int host, int network) {
    Stream.of("10.1.2.3", "10.1.2.3", "10.1.2.4", "10.1.3.3", "2001:db8::1", "2001:db8:0:9:8::1")
        .forEach(tunnel -> crowds.add(parsed(tunnel)));
    assertEquals(new Crowd(6, 3, host, network), crowds.around(parsed(address), 3, false));
  }

  @Test
  void inALocalNetworkNoHostIsTooMany() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int i = 0; i < 600; i++) {
      crowds.add(loopback);
    }
    assertEquals(new Crowd(600, 0, 0, 0), crowds.around(loopback, 0, true));
  }

  @Seeds(20)
  void tunnelsThatComeAndGoLeaveTheCountOfThoseThatAreThere(long seed) {
    Random rng = new Random(seed);
    List<InetAddress> there = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      if (there.isEmpty() || rng.nextInt(5) < 3) {
        InetAddress address = any(rng);
        there.add(address);
        crowds.add(address);
      } else {
        crowds.remove(there.remove(rng.nextInt(there.size())));
      }
      InetAddress address = any(rng);
      Crowd found =
          new Crowd(there.size(), 1, sharing(address, there, 4, 8), sharing(address, there, 3, 6));
      assertEquals(found, crowds.around(address, 1, false));
    }
  }

  private static InetAddress any(Random rng) {
    return parsed(
        rng.nextBoolean()
            ? "10.0." + rng.nextInt(3) + "." + rng.nextInt(3)
            : "2001:db8:" + rng.nextInt(2) + ":" + rng.nextInt(2) + "::" + rng.nextInt(2));
  }

  private static int sharing(InetAddress address, List<InetAddress> there, int v4, int v6) {
    byte[] bytes = address.getAddress();
    int prefix = bytes.length == 4 ? v4 : v6;
    return (int)
        there.stream()
            .map(InetAddress::getAddress)
            .filter(other -> other.length == bytes.length)
            .filter(other -> Arrays.equals(other, 0, prefix, bytes, 0, prefix))
            .count();
  }
}
