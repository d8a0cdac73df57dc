package io.ppio.consensus.committee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.peer.NodeRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitteesTest {
  private static final Hash BEACON =
      HexHash.of("adde5d4784df18417d49e13fc4f2ec2019af2594572203783c55d876fb2493e1");
  private static final Hash SUBJECT = Hash.sha256(new byte[] {1});
  private static final List<PeerId> PEERS =
      IntStream.rangeClosed(1, 99)
          .mapToObj(number -> {
            byte[] secret = new byte[32];
            secret[31] = (byte) number;
            return PrivateKey.of(secret).peerId();
          })
          .toList();
  private static final PeerId STRANGER = peer(99);

  private static PeerId peer(int number) {
    return PEERS.get(number - 1);
  }

  private static GenesisNode node(NodeRole role, int number, String... addresses) {
    return new GenesisNode(role.bit(), peer(number), "", List.of(addresses));
  }

  private static GenesisNode paidTo(Account payout, GenesisNode node) {
    return new GenesisNode(node.roles(), node.peer(), node.name(), node.addresses(), payout);
  }

  private static Committees committees(List<GenesisNode> nodes) {
    return new Committees(
        new Genesis(NetworkClass.DEV, "local", Instant.EPOCH, Parameters.LOCAL, nodes));
  }

  private static List<GenesisNode> verifiers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> node(NodeRole.VERIFIER, n)).toList();
  }

  /// Everyone who is drawn for `miner` in some period.
  private static Set<PeerId> everDrawn(List<GenesisNode> nodes, PeerId miner) {
    Committees committees = committees(nodes);
    Set<PeerId> seen = new HashSet<>();
    for (int period = 0; period < 50; period++) {
      seen.addAll(committees.draw(BEACON, SUBJECT.bytes(), period, miner).members());
    }
    return seen;
  }

  @Test
  void namesThreeDifferentVerifiersWhateverTheOrderOfGenesis() {
    Committees one = committees(verifiers(6));
    Committees other = committees(verifiers(6).reversed());
    for (int period = 0; period < 50; period++) {
      Committee committee = one.draw(BEACON, SUBJECT.bytes(), period, STRANGER);
      assertEquals(3, new HashSet<>(committee.members()).size());
      assertEquals(committee, other.draw(BEACON, SUBJECT.bytes(), period, STRANGER));
    }
    assertEquals(6, everDrawn(verifiers(6), STRANGER).size());
  }

  @Test
  void shrinksWithTheNetwork() {
    int[] quorums = {0, 1, 2, 2, 2};
    for (int count = 0; count < quorums.length; count++) {
      Committee committee = committees(verifiers(count)).ofReplica(BEACON, SUBJECT, STRANGER);
      assertEquals(Math.min(3, count), committee.members().size());
      assertEquals(quorums[count], committee.quorum());
    }
  }

  @Test
  void twoThirdsRoundedUpDecide() {
    assertEquals(
        List.of(0, 1, 2, 2, 3, 4, 4, 5, 6, 6),
        IntStream.range(0, 10).mapToObj(Committee::quorum).toList());
  }

  @Test
  void drawsAChannelByItsIdAndTheNameOfTheMiner() {
    Committees committees = committees(verifiers(9));
    byte[] subject = new FixedWidth().hash(SUBJECT).hash(STRANGER.keyHash()).toArray();
    assertEquals(
        committees.draw(BEACON, Bytes.of(subject), 0, STRANGER),
        committees.ofChannel(BEACON, SUBJECT, STRANGER));
    assertEquals(
        committees.draw(BEACON, SUBJECT.bytes(), 0, STRANGER),
        committees.ofReplica(BEACON, SUBJECT, STRANGER));
  }

  @Test
  void nobodyJudgesItself() {
    Set<PeerId> seen = everDrawn(verifiers(6), peer(3));
    assertEquals(5, seen.size());
    assertFalse(seen.contains(peer(3)));
  }

  @Test
  void nobodyJudgesWhoIsPaidToTheSameAccount() {
    List<GenesisNode> nodes = new ArrayList<>(verifiers(6));
    nodes.set(0, paidTo(peer(50).account(), nodes.get(0)));
    nodes.set(1, paidTo(peer(7).account(), nodes.get(1)));
    nodes.add(paidTo(peer(50).account(), node(NodeRole.MINER, 7)));
    nodes.add(paidTo(peer(4).account(), node(NodeRole.MINER, 8)));
    assertEquals(Set.of(peer(3), peer(4), peer(5), peer(6)), everDrawn(nodes, peer(7)));
    assertEquals(Set.of(peer(1), peer(2), peer(3), peer(5), peer(6)), everDrawn(nodes, peer(8)));
    assertEquals(6, everDrawn(nodes, STRANGER).size());
  }

  @Test
  void nobodyJudgesANeighbour() {
    List<GenesisNode> nodes = new ArrayList<>(verifiers(2));
    nodes.add(node(NodeRole.VERIFIER, 3, "8.8.4.4:1", "9.9.9.9:1"));
    nodes.add(node(NodeRole.VERIFIER, 4, "[2001:db8:1:9::1]:1"));
    nodes.add(node(NodeRole.VERIFIER, 5, "8.8.5.4:1", "verifier.example:1"));
    nodes.add(node(NodeRole.VERIFIER, 6, "10.0.0.1:1", "127.0.0.1:1", "[fd00::1]:1"));
    nodes.add(
        node(NodeRole.MINER, 7, "8.8.4.9:2", "[2001:db8:1::7]:2", "10.0.0.2:2", "127.0.0.1:2"));
    nodes.add(node(NodeRole.MINER, 8, "verifier.example:2", "[fd00::2]:1"));
    assertEquals(Set.of(peer(1), peer(2), peer(5), peer(6)), everDrawn(nodes, peer(7)));
    assertEquals(6, everDrawn(nodes, peer(8)).size());
  }

  @Seeds(200)
  void noneOfTheThreeRulesIsEverBroken(RandomGenerator rng) {
    List<GenesisNode> nodes = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      NodeRole role = number <= 9 ? NodeRole.VERIFIER : NodeRole.MINER;
      GenesisNode node = node(role, number, "1.2." + rng.nextInt(6) + "." + number + ":1");
      nodes.add(paidTo(peer(rng.nextInt(3) == 0 ? 40 + rng.nextInt(2) : number).account(), node));
    }
    GenesisNode miner = nodes.get(rng.nextInt(12));
    Committee committee = committees(nodes).ofReplica(BEACON, SUBJECT, miner.peer());
    assertTrue(committee.members().size() <= Committee.SIZE);
    for (GenesisNode node : nodes) {
      if (committee.has(node.peer())) {
        assertTrue(NodeRole.VERIFIER.in(node.roles()));
        assertFalse(node.peer().equals(miner.peer()));
        assertFalse(node.payout().equals(miner.payout()));
        assertFalse(node.publicPrefixes().equals(miner.publicPrefixes()));
      }
    }
  }
}
