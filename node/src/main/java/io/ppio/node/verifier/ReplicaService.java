package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.data.proof.porep.ReplicaProof;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Deadline;
import io.ppio.incentive.contract.Finding;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Answers PROOF messages 1 and 2: records commitments to replicas and judges their proofs.
///
/// One commitment a contract, one finding a contract and height: both are durable before the
/// signature leaves, and asking again gives the same answer. Safe for use by any number of tasks.
final class ReplicaService {
  /// How long a request waits for an epoch that its miner knows already.
  private static final Duration BEACON_WAIT = Duration.ofSeconds(10);

  private final NodeHost host;
  private final BeaconChain chain;
  private final Replicas replicas;
  private final PorepRecords records;
  private final Counters<VerifierCounter> tally;
  private final VerifierLog log;

  ReplicaService(
      NodeHost host, BeaconChain chain, Counters<VerifierCounter> tally, VerifierLog log) {
    this.host = host;
    this.chain = chain;
    this.replicas = new Replicas(host, chain);
    this.records = new PorepRecords(host.store());
    this.tally = tally;
    this.log = log;
  }

  /// Answers with the receipt of a commitment.
  void record(Exchange exchange, PorepRequest request)
      throws MalformedMessage, Refused, CallFailed, IOException, InterruptedException {
    SealReceipt.Signed receipt;
    try {
      receipt =
          receipt(
              exchange.peer(),
              replicas.admit(
                  exchange.peer(), request.match(), request.commit(), waiting(exchange)));
    } catch (Refused e) {
      tally.count(VerifierCounter.PROOFS_REFUSED);
      log.commitmentRefused(exchange.peer(), String.valueOf(e.getMessage()));
      throw e;
    }
    exchange.reply(Bytes.of(receipt.encode()));
  }

  private static Deadline waiting(Exchange exchange) {
    return exchange.deadline().orWithin(BEACON_WAIT);
  }

  private SealReceipt.Signed receipt(PeerId miner, Replicas.Admitted replica)
      throws Refused, IOException {
    long height = chain.tip().epoch();
    SealReceipt fresh =
        new SealReceipt(host.chainId(), replica.proof().rid(), replica.commitHash(), height);
    Bytes signature =
        host.identity()
            .privateKey()
            .sign(Statement.digest(SealReceipt.STATEMENT, fresh.body()))
            .bytes();
    SealReceipt.Signed offered = new SealReceipt.Signed(fresh, signature);
    SealReceipt.Signed kept =
        records
            .receipt(replica.contract(), offered, replica.expireSeconds())
            .orElseThrow(ReplicaService::otherCommitment);
    if (kept.equals(offered)) {
      tally.count(VerifierCounter.RECEIPTS);
      log.commitmentRecorded(replica.contract(), miner, height);
    }
    return kept;
  }

  private static Refused otherCommitment() {
    return new Refused(Status.FORBIDDEN, "another commitment is recorded for this contract");
  }

  /// Answers with the signature over the finding of a proof that holds.
  void judge(Exchange exchange, PorepProof.Signed signed)
      throws MalformedMessage, Refused, CallFailed, IOException, InterruptedException {
    Signature finding;
    try {
      finding = finding(exchange, signed);
    } catch (Refused e) {
      tally.count(VerifierCounter.PROOFS_REFUSED);
      log.proofRefused(exchange.peer(), String.valueOf(e.getMessage()));
      throw e;
    }
    exchange.reply(new SignatureAnswer(finding).encode());
  }

  private Signature finding(Exchange exchange, PorepProof.Signed signed)
      throws MalformedMessage, Refused, IOException, InterruptedException {
    PorepProof proof = signed.proof();
    Deadline deadline = waiting(exchange);
    Replicas.Admitted replica =
        replicas.admit(exchange.peer(), proof.match(), proof.commit(), deadline);
    PublicKey miner = replica.match().miner();
    Replicas.requireSigned(miner, PorepProof.STATEMENT, proof.body(), signed.signature());
    requireReceipt(replica, proof.receipt());
    Hash beacon = challengeBeacon(proof, deadline);
    ReplicaProof claim = replica.proof();
    Optional<ReplicaProof.Fault> fault = claim.fault(claim.positions(beacon), proof.checks());
    if (fault.isPresent()) {
      throw new Refused(Status.CORRUPT, "check " + fault.get().check() + ": " + fault.get().what());
    }
    if (!records.commit(replica.contract(), replica.commitHash(), replica.expireSeconds())) {
      throw otherCommitment();
    }
    Finding finding =
        Finding.porep(
            replica.contract(),
            miner.account(),
            proof.height(),
            claim.tiles(),
            new Finding.Verdict(Finding.Result.OK, proof.digest()));
    return sign(exchange.peer(), replica, finding);
  }

  private void requireReceipt(Replicas.Admitted replica, SealReceipt.Signed signed)
      throws MalformedMessage, Refused {
    SealReceipt receipt = signed.receipt();
    if (!receipt.chainId().equals(host.chainId())
        || !receipt.rid().equals(replica.proof().rid())
        || !receipt.commitHash().equals(replica.commitHash())) {
      throw new Refused(Status.BAD_REQUEST, "receipt of another commitment");
    }
    Hash digest = Statement.digest(SealReceipt.STATEMENT, receipt.body());
    Signature signature = Signature.decode(signed.signature().toArray());
    if (signature
        .recover(digest)
        .map(PublicKey::peerId)
        .filter(replica.committee().members()::contains)
        .isEmpty()) {
      throw new Refused(Status.UNAUTHENTICATED, "receipt is not by a member of the committee");
    }
  }

  private Hash challengeBeacon(PorepProof proof, Deadline deadline)
      throws Refused, IOException, InterruptedException {
    long recorded = proof.receipt().receipt().height();
    long wanted = recorded + host.genesis().parameters().sealing().challengeDelay();
    if (recorded < 0 || proof.height() < wanted) {
      throw new Refused(Status.BAD_REQUEST, "challenge is too close to the commitment");
    }
    if (!chain.reaches(proof.height(), deadline)) {
      throw new Refused(Status.UNAVAILABLE, "the beacon of the challenge is not final here");
    }
    return chain
        .serving(wanted, proof.height())
        .map(BeaconTip::value)
        .orElseThrow(
            () -> new Refused(Status.BAD_REQUEST, "challenge is not of the first final epoch"));
  }

  private Signature sign(PeerId miner, Replicas.Admitted replica, Finding finding)
      throws Refused, IOException {
    if (!records.finding(replica.contract(), finding, replica.expireSeconds())) {
      throw new Refused(
          Status.FORBIDDEN, "another finding was signed for this contract and height");
    }
    tally.count(VerifierCounter.PROOFS_ACCEPTED);
    log.proofAccepted(replica.contract(), miner, finding.period());
    return host.identity().privateKey().sign(finding.signedDigest());
  }

  /// Forgets contracts that are over.
  ///
  /// @return how many records
  int sweep() throws IOException {
    return records.removeExpired(host.env().clock().wall().getEpochSecond());
  }
}
