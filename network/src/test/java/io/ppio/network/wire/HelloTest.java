package io.ppio.network.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Codec;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.peer.PeerRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HelloTest {
  private static Hello hello() {
    PeerRecord record =
        PeerRecord.of(TestNodes.identity("a").peerId(), 5, 4, List.of())
            .signed(TestNodes.identity("a"), TestNodes.NETWORK);
    Endpoint observed =
        Endpoint.tcp(
            Endpoint.Kind.DIRECT_OBSERVED,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
    Bytes group = Bytes.fromHex("0102030405060708");
    return new Hello(
        TestNodes.NETWORK, 1, 1, "ppio-java/1.0.0", record, observed, 3, 6, 1, group, 64);
  }

  @Test
  void aGreetingHasTheseBytes() {
    assertEquals(
        "0a08928b20051b50ce5a10011801220f7070696f2d6a6176612f312e302e302a740a270025080212"
            + "21034da006f958beba78ec54443df4a3f52237253f7ae8cbdb17dccf3feaa57f3126100518046885"
            + "f0b2527a404c1198f63c202071e7f59e066dce0cbd1f96e3b7ef008c568a353bd6e98725b21f9a0b"
            + "33e3c21ae788557cd9d345a877a3e8acd117b6cb77afb569b24211bb2a320a080112047f00000120"
            + "09380340064801520801020304050607085840",
        hello().encode().hex());
  }

  @Test
  void aGreetingIsWhatItWasBeforeItWasSent() throws Exception {
    new Codec<>(Hello::encode, Hello::decode).roundTrip(hello());
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws Exception {
    byte[] known = hello().encode().toArray();
    byte[] later = new CanonicalWriter().string(12, "new").u32(13, 1).toBytes();
    byte[] both = java.util.Arrays.copyOf(known, known.length + later.length);
    System.arraycopy(later, 0, both, known.length, later.length);
    assertEquals(hello(), Hello.decode(Bytes.of(both)));
  }

  @Seeds(1)
  void damagedGreetingsAreRefused(RandomGenerator random) {
    byte[] whole = hello().encode().toArray();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      try {
        Hello.decode(Bytes.of(Codec.damage(whole, random)));
      } catch (MalformedMessage e) {
        refused++;
      }
    }
    assertTrue(refused > 10_000);
  }
}
