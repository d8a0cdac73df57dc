package io.ppio.node.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.committee.Committee;
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
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestSegment;
import io.ppio.node.host.NodeHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A miner commits to a replica and proves it to verifiers over a simulated network.
class PorepSimTest {
  /// A replica sealed as it must be, and who judges it.
  private record Case(
      VerifierWorld network,
      NodeHost host,
      SignedStatement<Match> match,
      TestReplica.Sealed sealed,
      List<PeerId> committee) {
    static Case make(VerifierWorld network, NodeHost host, int seed) throws Exception {
      TestReplica replica = TestReplica.of(2, seed);
      PrivateKey miner = host.identity().privateKey();
      SignedStatement<Match> match = replica.match(network, miner, network.newest(host).epoch());
      FinalBeacon seedEpoch = network.awaitEpoch(host, match.body().height() + 2);
      TestReplica.Sealed sealed =
          replica.seal(replica.rid(network, match.body(), seedEpoch.epoch(), seedEpoch.value()));
      return new Case(
          network,
          host,
          match,
          sealed,
          network.drawn(seedEpoch.value(), match.body().contractId().bytes()));
    }

    PrivateKey miner() {
      return host.identity().privateKey();
    }

    SignedStatement<SealReceipt> commit(PeerId verifier, TestReplica.Sealed other)
        throws Exception {
      Bytes request = ProofCodec.encode(new ProofMessage.RecordSeal(other.request(match, miner())));
      return SealReceipt.decode(
          VerifierWorld.call(host, verifier, Method.PROOF, request).toArray());
    }

    SignedStatement<SealReceipt> commit(PeerId verifier) throws Exception {
      return commit(verifier, sealed);
    }

    SignedStatement<PorepProof> proof(SignedStatement<SealReceipt> receipt) throws Exception {
      FinalBeacon epoch = network.awaitEpoch(host, receipt.body().height() + 2);
      return sealed.proof(match, miner(), receipt, epoch.epoch(), sealed.checks(epoch.value()));
    }

    Signature judge(PeerId verifier, SignedStatement<PorepProof> proof) throws Exception {
      return SignatureAnswer.decode(
              VerifierWorld.call(
                  host,
                  verifier,
                  Method.PROOF,
                  ProofCodec.encode(new ProofMessage.ProveReplica(proof))))
          .signature();
    }

    Finding finding(SignedStatement<PorepProof> proof) {
      return finding(proof, Finding.Result.OK);
    }

    Finding finding(SignedStatement<PorepProof> proof, Finding.Result result) {
      return Finding.porep(
          match.body().contractId(),
          miner().account(),
          proof.body().height(),
          2,
          new Finding.Verdict(result, proof.body().digest()));
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
  void aGoodReplicaGetsItsCertificate() {
    for (int verifiers : new int[] {1, 3, 7}) {
      try (VerifierWorld network = new VerifierWorld(verifiers, 20 + verifiers)) {
        network.runUntilEpoch(3);
        List<PeerId> committee = new ArrayList<>();
        network.run(
            "miner",
            NodeRole.MINER,
            host -> {
              Case c = Case.make(network, host, verifiers);
              SignedStatement<SealReceipt> receipt = c.commit(c.committee().getFirst());
              assertEquals(
                  c.sealed().commit(c.miner()).body().hash(SealProfile.FAST),
                  receipt.body().commitHash());
              SignedStatement<PorepProof> proof = c.proof(receipt);
              List<Signature> signatures = new ArrayList<>();
              for (PeerId member : c.committee()) {
                signatures.add(c.judge(member, proof));
                assertEquals(signatures.getLast(), c.judge(member, proof));
              }
              Committee drawn = new Committee(c.committee());
              ProofCert certificate = ProofCert.of(c.finding(proof), signatures);
              assertEquals(drawn.members().size(), certificate.signers(drawn));
              assertTrue(certificate.isSignedBy(drawn));
              committee.addAll(c.committee());
            });
        committee.forEach(
            member -> assertEquals(2, network.counted(member, VerifierCounter.PROOFS_ACCEPTED)));
      }
    }
  }

  @Test
  void oneCommitmentAContractAlsoAfterARestart() {
    try (VerifierWorld network = new VerifierWorld(3, 31)) {
      network.runUntilEpoch(3);
      List<Case> cases = new ArrayList<>();
      List<SignedStatement<SealReceipt>> receipts = new ArrayList<>();
      boolean[] goOn = {false};
      boolean[] ready = {false};
      boolean[] done =
          network.peer(
              "miner",
              NodeRole.MINER,
              _ -> {},
              host -> {
                Case c = Case.make(network, host, 1);
                PeerId first = c.committee().getFirst();
                receipts.add(c.commit(first));
                host.env().clock().sleep(java.time.Duration.ofSeconds(3));
                assertEquals(receipts.getFirst(), c.commit(first));
                cases.add(c);
                ready[0] = true;
                while (!goOn[0]) {
                  host.env().clock().sleep(java.time.Duration.ofMillis(100));
                }
                host.env().clock().sleep(java.time.Duration.ofSeconds(8));
                assertEquals(receipts.getFirst(), c.commit(first));
                List<Bytes> wrong = new ArrayList<>(c.sealed().form().tiles());
                wrong.set(1, Bytes.of(new byte[128 << 10]));
                TestReplica.Sealed other =
                    new TestReplica.Sealed(
                        c.sealed().replica(), c.sealed().rid(), TestSegment.of(wrong));
                refused(Status.FORBIDDEN, () -> c.commit(first, other));
              });
      network.await(ready);
      PeerId first = cases.getFirst().committee().getFirst();
      network.machine(first).kill();
      network.start(first);
      goOn[0] = true;
      network.await(done);
    }
  }

  @Test
  void whatIsWrongIsRefusedWithItsReason() {
    try (VerifierWorld network = new VerifierWorld(7, 32)) {
      network.runUntilEpoch(3);
      network.run(
          "miner",
          NodeRole.MINER,
          host -> {
            Case c = Case.make(network, host, 1);
            PeerId first = c.committee().getFirst();
            PeerId stranger =
                network.verifiers().stream()
                    .filter(v -> !c.committee().contains(v))
                    .findFirst()
                    .orElseThrow();
            refused(Status.FORBIDDEN, () -> c.commit(stranger));
            TestReplica.Sealed chosen =
                c.sealed()
                    .replica()
                    .seal(new io.ppio.data.seal.ReplicaId(Hash.sha256(new byte[] {7})));
            refused(Status.CONTRACT_INVALID, () -> c.commit(first, chosen));

            SignedStatement<SealReceipt> receipt = c.commit(first);
            SignedStatement<PorepProof> good = c.proof(receipt);
            refused(Status.FORBIDDEN, () -> c.judge(stranger, good));
            long height = good.body().height();
            SignedStatement<PorepProof> early =
                c.sealed().proof(c.match(), c.miner(), receipt, height - 1, good.body().checks());
            refused(Status.BAD_REQUEST, () -> c.judge(first, early));
            PrivateKey liar = TestNetwork.key("liar");
            SignedStatement<SealReceipt> forged = Statement.sign(receipt.body(), liar);
            SignedStatement<PorepProof> unrecorded =
                c.sealed().proof(c.match(), c.miner(), forged, height, good.body().checks());
            refused(Status.UNAUTHENTICATED, () -> c.judge(first, unrecorded));
            assertTrue(c.judge(first, good).isBy(first, c.finding(good).signedDigest()));
          });
    }
  }

  @Test
  void aWrongProofFailsForGood() {
    try (VerifierWorld network = new VerifierWorld(3, 34)) {
      network.runUntilEpoch(3);
      network.run(
          "miner",
          NodeRole.MINER,
          host -> {
            Case c = Case.make(network, host, 1);
            PeerId first = c.committee().getFirst();
            SignedStatement<SealReceipt> receipt = c.commit(first);
            SignedStatement<PorepProof> good = c.proof(receipt);
            var checks = new ArrayList<>(good.body().checks());
            checks.set(3, checks.get(4));
            SignedStatement<PorepProof> bad =
                c.sealed().proof(c.match(), c.miner(), receipt, good.body().height(), checks);
            Signature verdict = c.judge(first, bad);
            Finding failed = c.finding(bad, Finding.Result.FAILED);
            assertTrue(verdict.isBy(first, failed.signedDigest()));
            assertEquals(verdict, c.judge(first, bad));
            assertEquals(2, network.counted(first, VerifierCounter.PROOFS_FAILED));
            assertEquals(0, network.counted(first, VerifierCounter.PROOFS_ACCEPTED));
            refused(Status.FORBIDDEN, () -> c.judge(first, good));
            PeerId second = c.committee().get(1);
            assertTrue(c.judge(second, good).isBy(second, c.finding(good).signedDigest()));
          });
    }
  }

  @Test
  void aMatchOfAnUnnamedIndexerOrOfAnotherMinerCountsForNothing() {
    try (VerifierWorld network = new VerifierWorld(3, 33)) {
      network.runUntilEpoch(3);
      network.run(
          "miner",
          NodeRole.MINER,
          host -> {
            Case c = Case.make(network, host, 1);
            PeerId first = c.committee().getFirst();
            SignedStatement<Match> unnamed =
                io.ppio.crypto.statement.Statement.sign(c.match().body(), TestNetwork.key("other"));
            Case byOther = new Case(network, host, unnamed, c.sealed(), c.committee());
            refused(Status.CONTRACT_INVALID, () -> byOther.commit(first));
            PrivateKey liar = TestNetwork.key("liar");
            SignedStatement<Match> foreign =
                c.sealed().replica().match(network, liar, c.match().body().height());
            Case ofOther = new Case(network, host, foreign, c.sealed(), c.committee());
            refused(Status.FORBIDDEN, () -> ofOther.commit(first));
          });
    }
  }
}
