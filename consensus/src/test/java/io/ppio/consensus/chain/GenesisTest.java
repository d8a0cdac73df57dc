package io.ppio.consensus.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.network.peer.NodeRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenesisTest {
  private static PeerId peer(int d) {
    byte[] secret = new byte[32];
    secret[31] = (byte) d;
    return PrivateKey.of(secret).peerId();
  }

  private static GenesisNode node(int d, NodeRole role) {
    return new GenesisNode(role.bit(), peer(d), "n" + d, List.of("127.0.0.1:" + (8000 + d)));
  }

  private static Genesis genesis() {
    return genesis(
        node(1, NodeRole.VERIFIER), node(2, NodeRole.INDEXER), node(3, NodeRole.VERIFIER));
  }

  private static Genesis genesis(GenesisNode... nodes) {
    return new Genesis(
        NetworkClass.DEV,
        "local",
        Instant.parse("2026-01-02T03:04:05.678Z"),
        Parameters.LOCAL,
        List.of(nodes));
  }

  @Test
  void hasExactBytes() throws Exception {
    Genesis empty =
        new Genesis(
            NetworkClass.TEST, "t", Instant.ofEpochMilli(1000), Parameters.STANDARD, List.of());
    assertEquals(
        "08021201741" + "8e807" + "22140880808008" + "10a01f" + "18901c" + "2a071002180220a038",
        Bytes.of(empty.encode()).hex());
  }

  @Test
  void survivesItsJson() throws Exception {
    assertEquals(genesis(), Genesis.fromJson(genesis().toJson()));
    Genesis paid = genesis(new GenesisNode(2, peer(1), "", List.of(), peer(9).account()));
    assertEquals(paid, Genesis.fromJson(paid.toJson()));
    assertNotEquals(paid.chainId(), genesis(new GenesisNode(2, peer(1), "", List.of())).chainId());
  }

  @Test
  void sortsItsNodesByPeerId() {
    List<PeerId> peers = genesis().nodes().stream().map(GenesisNode::peer).toList();
    assertEquals(peers.stream().sorted().toList(), peers);
    assertEquals(
        List.of(peer(1), peer(3)).stream().sorted().toList(), genesis().peers(NodeRole.VERIFIER));
  }

  @Test
  void bindsEverythingInItsIds() {
    Genesis genesis = genesis();
    Genesis later =
        new Genesis(
            NetworkClass.DEV,
            "local",
            genesis.time().plusMillis(1),
            genesis.parameters(),
            genesis.nodes());
    assertEquals(Hash.tagged("ppio/chain", genesis.encode()), genesis.chainId());
    assertNotEquals(genesis.chainId(), later.chainId());
    String text = "ppio-net:local:" + genesis.chainId().hex();
    Hash expected = Hash.sha256(text.getBytes(StandardCharsets.US_ASCII));
    assertEquals(expected.bytes().slice(0, 8), genesis.networkId().bytes());
    assertEquals(expected.buffer().getInt(), genesis.net());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"local\", \"Local\"",
        "\"dev\", \"prod\"",
        "\"dev\", \"main\"",
        "2026-01-02T03, 2026-13-02T03",
        "05.678Z, 05.678901Z",
        "\"lan\", \"wan\"",
        "1000, 100",
        "1000, \"1000\"",
        "\"verifier\", \"unknown\"",
        "127.0.0.1:8001, 127.0.0.1",
        "127.0.0.1:8001, 127.0.0.1:70000",
        "16777216, 16777217"
      })
  void refusesOtherJson(String was, String is) {
    String json = new String(genesis().toJson(), StandardCharsets.UTF_8).replace(was, is);
    assertThrows(
        MalformedMessage.class, () -> Genesis.fromJson(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesTheSamePeerTwice() {
    List<GenesisNode> twice = List.of(node(1, NodeRole.MINER), node(1, NodeRole.USER));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Genesis(NetworkClass.DEV, "x", Instant.EPOCH, Parameters.LOCAL, twice));
  }
}
