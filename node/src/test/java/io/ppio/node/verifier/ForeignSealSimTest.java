package io.ppio.node.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.ReplicaProof;
import io.ppio.data.proof.porep.SealCheck;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.incentive.contract.Tier;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A miner that would be paid for the copy of another, sealed under the other's replica id.
class ForeignSealSimTest {
  private static final BigInteger CHIPRICE = BigInteger.valueOf(100);

  /// The thief among verifiers and a real indexer.
  private record Thief(VerifierWorld network, NodeHost host, TestReplica replica) {
    PrivateKey key() {
      return host.identity().privateKey();
    }

    Bytes index(IndexRequest request) throws Exception {
      return VerifierWorld.call(
          host, network.indexer.peerId(), Method.INDEX, IndexCodec.encode(request));
    }

    /// Offers space, and gets the order of a user.
    SignedStatement<Match> matched() throws Exception {
      long now = host.env().clock().wallMillis() / 1000;
      Offer offer =
          new Offer(
              key().account(),
              1000,
              now + 100 * 86_400,
              new Offer.Asks(BigInteger.ONE, BigInteger.ONE),
              366,
              Tier.SSD,
              0,
              new Offer.Acceptance(true, false));
      index(new IndexRequest.Offering(offer, 1000, 0));
      OrderBatch batch =
          OrderBatch.sign(List.of(replica.match(network, key(), 1).body().order()), network.user);
      IndexRequest order =
          new IndexRequest.Order(
              replica.plain().segment().bytes().slice(0, 16),
              batch.pathed(),
              batch.signature(),
              List.of());
      try (ItemStream items =
          host.peers().stream(
              host.directory().contact(network.indexer.peerId()),
              Method.INDEX,
              IndexCodec.encode(order),
              CallOptions.DEFAULT)) {
        var matched =
            IndexCodec.answer(IndexAnswer.Matched.class, items.next().orElseThrow().body());
        return matched.holders().getFirst().match();
      }
    }

    SignedStatement<SealReceipt> commit(
        PeerId to, TestReplica.Sealed sealed, SignedStatement<Match> match) throws Exception {
      Bytes request = ProofCodec.encode(new ProofMessage.RecordSeal(sealed.request(match, key())));
      return SealReceipt.decode(VerifierWorld.call(host, to, Method.PROOF, request).toArray());
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws Exception;
  }

  private static void refused(Status status, Attempt attempt) {
    assertEquals(status, assertThrows(CallFailed.class, attempt::run).status());
  }

  @Test
  void itIsNeitherCertifiedNorPaid() {
    try (VerifierWorld network = new VerifierWorld(7, 51)) {
      network.startIndexer();
      network.runUntilEpoch(3);
      network.run(
          "thief", NodeRole.MINER, host -> steal(new Thief(network, host, TestReplica.of(2, 9))));
    }
  }

  private static void steal(Thief thief) throws Exception {
    VerifierWorld network = thief.network();
    SignedStatement<Match> match = thief.matched();
    FinalBeacon seed = network.awaitEpoch(thief.host(), match.body().height() + 2);
    List<PeerId> committee = network.drawn(seed.value(), match.body().contractId().bytes());
    Match honest =
        thief.replica().match(network, TestNetwork.key("honest"), match.body().height()).body();
    ReplicaId foreign = thief.replica().rid(network, honest, seed.epoch(), seed.value());
    ReplicaId own = thief.replica().rid(network, match.body(), seed.epoch(), seed.value());
    assertNotEquals(foreign, own);
    TestReplica.Sealed copy = thief.replica().seal(foreign);

    // Under the id it was sealed with.
    for (PeerId member : committee) {
      refused(Status.CONTRACT_INVALID, () -> thief.commit(member, copy, match));
    }
    // As if it were sealed under the own id.
    TestReplica.Sealed renamed = new TestReplica.Sealed(thief.replica(), own, copy.form());
    SignedStatement<SealReceipt> receipt = thief.commit(committee.getFirst(), renamed, match);
    FinalBeacon epoch = network.awaitEpoch(thief.host(), receipt.body().height() + 2);
    SignedStatement<PorepProof> proof =
        renamed.proof(match, thief.key(), receipt, epoch.epoch(), opened(copy, own, epoch.value()));
    for (PeerId member : committee) {
      Bytes answer =
          VerifierWorld.call(
              thief.host(),
              member,
              Method.PROOF,
              ProofCodec.encode(new ProofMessage.ProveReplica(proof)));
      Finding failed = finding(thief, match, proof, Finding.Result.FAILED);
      assertTrue(SignatureAnswer.decode(answer).signature().isBy(member, failed.signedDigest()));
      assertEquals(0, network.counted(member, VerifierCounter.PROOFS_ACCEPTED));
    }
    System.out.println(
        "three verifiers refused the foreign id and failed the proof of a foreign seal;"
            + " certificates: 0");
    forge(thief, match, proof);
    assertNothing(thief, match);
  }

  /// The leaves that the challenge asks of the claimed replica, from the one that is there.
  private static List<SealCheck> opened(TestReplica.Sealed copy, ReplicaId claimed, Hash beacon)
      throws Exception {
    var plain = copy.replica().plain().tree();
    var claim = new ReplicaProof(claimed, 2, plain.root(), copy.form().tree().root());
    var there = new ReplicaProof(copy.rid(), 2, plain.root(), copy.form().tree().root());
    return there.prove(
        claim.positions(beacon),
        new ReplicaProof.Trees(plain, copy.form().tree()),
        copy.form().source());
  }

  private static Finding finding(
      Thief thief,
      SignedStatement<Match> match,
      SignedStatement<PorepProof> proof,
      Finding.Result result) {
    return Finding.porep(
        match.body().contractId(),
        thief.key().account(),
        proof.body().height(),
        2,
        new Finding.Verdict(result, proof.body().digest()));
  }

  /// A certificate that only the thief and its friends have signed.
  private static void forge(
      Thief thief, SignedStatement<Match> match, SignedStatement<PorepProof> proof) {
    Finding finding = finding(thief, match, proof, Finding.Result.OK);
    List<Signature> friends =
        List.of(
            thief.key().sign(finding.signedDigest()),
            TestNetwork.key("friend").sign(finding.signedDigest()),
            TestNetwork.key("other friend").sign(finding.signedDigest()));
    refused(
        Status.CONTRACT_INVALID,
        () ->
            thief.index(
                new IndexRequest.Activate(
                    match.body().contractId(),
                    Hash.sha256(new byte[] {1}),
                    ProofCert.of(finding, friends))));
  }

  /// The contract is where it was, readers are not sent there, and no channel pays it.
  private static void assertNothing(Thief thief, SignedStatement<Match> match) throws Exception {
    var standings =
        IndexCodec.answer(
            IndexAnswer.ContractList.class,
            thief.index(new IndexRequest.Contracts(List.of(match.body().contractId()))));
    assertEquals(ContractState.PENDING, standings.contracts().getFirst().state());
    assertEquals(Optional.empty(), standings.contracts().getFirst().staged());
    assertEquals(Optional.empty(), standings.contracts().getFirst().stored());
    assertEquals(Optional.empty(), standings.contracts().getFirst().certificate());
    List<DownloadOpen.SegmentEntry> list =
        List.of(
            new DownloadOpen.SegmentEntry(
                thief.replica().plain().segment(), 2, thief.replica().plain().tree().root()));
    long now = thief.host().env().clock().wallMillis() / 1000;
    DownloadOpen open =
        DownloadOpen.of(
            new DownloadOpen.Parties(
                Hash.sha256(new byte[] {2}),
                thief.network().userAccount(),
                TestNetwork.key("channel").publicKey()),
            list,
            CHIPRICE,
            now + 600);
    IndexRequest request = new IndexRequest.Open(Statement.sign(open, thief.network().user), list);
    var opened = IndexCodec.answer(IndexAnswer.Opened.class, thief.index(request));
    assertTrue(opened.grants().isEmpty(), () -> "a grant for the thief: " + opened);
  }
}
