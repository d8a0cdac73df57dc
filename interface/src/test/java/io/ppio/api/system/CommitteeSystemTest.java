package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Seven verifiers: committees follow from the beacon, and the beacon goes on without its proposer.
///
/// Everything is computed here from what verifiers and the indexer answer, by the text of the
/// specification alone (consensus 9.4, 14.1; data and proofs 5.0), with SHA-256 of the platform.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommitteeSystemTest {
  private static final int VERIFIERS = 7;
  private static final int QUORUM = 5;
  private static final int SEGMENTS = 8;
  private static final int COPIES = 3;
  private static final long LIMIT_NANOS = 120_000_000_000L;
  private static final long POLL_MILLIS = 200;

  /// The one that has a process of its own, to be killed.
  private static final String MORTAL = "verifier-1";

  private final LocalNetwork net;
  private final Outsider outsider;

  CommitteeSystemTest(@TempDir Path folder) throws Exception {
    this.net = LocalNetwork.around(folder.resolve("net"), 3, VERIFIERS, MORTAL);
    this.outsider = Outsider.user(net, folder.resolve("outsider"));
  }

  @AfterAll
  void networkGoesDown() throws InterruptedException {
    outsider.close();
    net.close();
  }

  @FunctionalInterface
  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  /// `TH(tag, body)`.
  private static byte[] tagged(String tag, Body body) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(tag.length());
    out.write(tag.getBytes(StandardCharsets.US_ASCII));
    body.write(out);
    return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
  }

  /// The three verifiers of a contract in draw order.
  private List<PeerId> drawn(byte[] beacon, byte[] contract) throws Exception {
    List<PeerId> pool = new ArrayList<>(outsider.verifiers());
    pool.sort(Comparator.comparing(PeerId::account));
    List<PeerId> drawn = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      int round = r;
      byte[] draw =
          tagged(
              "ppio/verifier",
              out -> {
                out.write(beacon);
                out.write(contract);
                out.writeLong(0);
                out.writeInt(round);
              });
      BigInteger size = BigInteger.valueOf(pool.size());
      drawn.add(pool.remove(new BigInteger(1, draw).mod(size).intValue()));
    }
    return drawn;
  }

  /// Recomputes every value of the chain from its reveals.
  private Map<Long, byte[]> recomputed(List<FinalBeacon> chain) throws Exception {
    Map<Long, byte[]> values = new HashMap<>();
    values.put(0L, tagged("ppio/beacon/pre", out -> out.writeInt(outsider.genesis().net())));
    for (FinalBeacon entry : chain) {
      byte[] before = values.get(entry.previous());
      byte[] value =
          tagged(
              "ppio/beacon/pre",
              out -> {
                out.write(before);
                out.writeLong(entry.epoch());
                for (var reveal : entry.reveals().hashes()) {
                  out.write(reveal.toArray());
                }
              });
      assertEquals(
          io.ppio.crypto.hash.Hash.of(value), entry.value(), () -> "epoch " + entry.epoch());
      assertTrue(entry.signatures().size() >= QUORUM);
      values.put(entry.epoch(), value);
    }
    return values;
  }

  private static Set<PublicKey> signers(ProofCert certificate) {
    Set<PublicKey> signers = new HashSet<>();
    certificate
        .signatures()
        .forEach(signature ->
            signers.add(signature.recover(certificate.finding().signedDigest()).orElseThrow()));
    return signers;
  }

  @Test
  @Order(1)
  void committeesRecomputedFromTheBeaconAreThoseThatSigned() throws Exception {
    List<Match> matches = new ArrayList<>();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      matches.addAll(outsider.store(Outsider.Body.random(1, segment), COPIES));
    }
    assertEquals(SEGMENTS * COPIES, matches.size());
    List<FinalBeacon> chain = outsider.beacons(outsider.verifiers().get(2));
    Map<Long, byte[]> values = recomputed(chain);
    List<Standing> standings = outsider.standings(matches);
    Set<Set<PeerId>> committees = new HashSet<>();
    Set<PublicKey> everyone = new HashSet<>();
    for (int i = 0; i < matches.size(); i++) {
      Match match = matches.get(i);
      long wanted = match.height() + 2;
      FinalBeacon seed =
          chain.stream().filter(entry -> entry.epoch() >= wanted).findFirst().orElseThrow();
      List<PeerId> committee =
          drawn(Objects.requireNonNull(values.get(seed.epoch())), match.contractId().toArray());
      Evidence.Certified shown = (Evidence.Certified) Outsider.evidence(standings.get(i));
      assertEquals(match.contractId().bytes(), shown.certificate().finding().subject());
      Set<PublicKey> signers = signers(shown.certificate());
      List<PublicKey> keys = committee.stream().map(PeerId::publicKey).toList();
      assertTrue(signers.size() >= 2, () -> match + " has " + signers.size() + " signatures");
      assertTrue(keys.containsAll(signers), () -> match.contractId() + " was judged by others");
      committees.add(new HashSet<>(committee));
      everyone.addAll(signers);
    }
    System.out.printf(
        "%d certificates, %d different committees, %d of %d verifiers signed; %d epochs%n",
        matches.size(), committees.size(), everyone.size(), VERIFIERS, chain.size());
    assertTrue(committees.size() > SEGMENTS, "draws do not depend on the contract");
    assertTrue(everyone.size() > 3, "always the same verifiers");
  }

  @Test
  @Order(2)
  void theNextVerifierProposesWhenTheProposerIsDead() throws Exception {
    String dead = net.network().node(MORTAL).peerId();
    List<PeerId> all = outsider.verifiers();
    int place = all.stream().map(PeerId::hex).toList().indexOf(dead);
    PeerId watcher = all.get((place + 1) % VERIFIERS);
    net.network().kill(MORTAL);
    long killed = outsider.beacons(watcher).getLast().epoch();
    List<FinalBeacon> itsTurns = new ArrayList<>();
    long until = System.nanoTime() + LIMIT_NANOS;
    while (itsTurns.size() < 2) {
      assertTrue(System.nanoTime() - until < 0, "no epoch of the dead proposer");
      outsider.host().env().clock().sleep(Duration.ofMillis(POLL_MILLIS));
      itsTurns =
          outsider.beacons(watcher).stream()
              .filter(entry -> entry.epoch() > killed + 1)
              .filter(entry -> entry.epoch() % VERIFIERS == place)
              .toList();
    }
    for (FinalBeacon entry : itsTurns) {
      assertFalse(entry.reveals().has(place), "the dead one has revealed");
      assertTrue(entry.signatures().stream().noneMatch(signature -> signature.place() == place));
    }
    recomputed(outsider.beacons(watcher));
    List<Match> after = outsider.store(Outsider.Body.random(1, 99), COPIES);
    System.out.printf(
        "killed %s (place %d) at epoch %d; its epochs %s became final by others; %d copies proven"
            + " since%n",
        MORTAL, place, killed, itsTurns.stream().map(FinalBeacon::epoch).toList(), after.size());
  }
}
