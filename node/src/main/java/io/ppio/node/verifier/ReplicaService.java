package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.SignedStatement;
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
  private final ReplicaPolicy policy;
  private final ReplicaStore store;
  private final Counters<VerifierCounter> counters;
  private final VerifierLog log;

  ReplicaService(
      NodeHost host, BeaconChain chain, Counters<VerifierCounter> counters, VerifierLog log) {
    this.host = host;
    this.chain = chain;
    this.policy = new ReplicaPolicy(host, chain);
    this.store = new ReplicaStore(host.store());
    this.counters = counters;
    this.log = log;
  }

  /// Answers with the receipt of a commitment.
  void record(Exchange exchange, PorepRequest request)
      throws MalformedMessage, Refused, CallFailed, IOException, InterruptedException {
    SignedStatement<SealReceipt> receipt;
    try {
      receipt =
          receipt(
              exchange.peer(),
              policy.admit(exchange.peer(), request.match(), request.commit(), waiting(exchange)));
    } catch (Refused e) {
      counters.count(VerifierCounter.PROOFS_REFUSED);
      log.commitmentRefused(exchange.peer(), String.valueOf(e.getMessage()));
      throw e;
    }
    exchange.reply(Bytes.of(receipt.encode()));
  }

  private static Deadline waiting(Exchange exchange) {
    return exchange.deadline().orWithin(BEACON_WAIT);
  }

  private SignedStatement<SealReceipt> receipt(PeerId miner, ReplicaPolicy.Admitted replica)
      throws Refused, IOException {
    long height = chain.tip().epoch();
    SignedStatement<SealReceipt> offered =
        Statement.sign(
            new SealReceipt(host.chainId(), replica.proof().rid(), replica.commitHash(), height),
            host.identity().privateKey());
    SignedStatement<SealReceipt> kept =
        store
            .receipt(replica.contract(), offered, replica.expireSeconds())
            .orElseThrow(ReplicaService::otherCommitment);
    if (kept.equals(offered)) {
      counters.count(VerifierCounter.RECEIPTS);
      log.commitmentRecorded(replica.contract(), miner, height);
    }
    return kept;
  }

  private static Refused otherCommitment() {
    return new Refused(Status.FORBIDDEN, "another commitment is recorded for this contract");
  }

  /// Answers with the signature over the finding: OK, or FAILED when the proof is there and wrong.
  ///
  /// Nothing is found about what cannot be judged, which is refused. A miner that is silent brings
  /// no proof and so no finding: before a ledger nobody says until when it must.
  void judge(Exchange exchange, SignedStatement<PorepProof> proof)
      throws MalformedMessage, Refused, CallFailed, IOException, InterruptedException {
    Signature finding;
    try {
      finding = sign(exchange.peer(), finding(exchange, proof));
    } catch (Refused e) {
      counters.count(VerifierCounter.PROOFS_REFUSED);
      log.proofRefused(exchange.peer(), String.valueOf(e.getMessage()));
      throw e;
    }
    exchange.reply(new SignatureAnswer(finding).encode());
  }

  /// A finding that is to be signed about `replica`.
  private record Found(ReplicaPolicy.Admitted replica, Finding finding) {}

  private Found finding(Exchange exchange, SignedStatement<PorepProof> signed)
      throws MalformedMessage, Refused, IOException, InterruptedException {
    PorepProof proof = signed.body();
    Deadline deadline = waiting(exchange);
    ReplicaPolicy.Admitted replica =
        policy.admit(exchange.peer(), proof.match(), proof.commit(), deadline);
    PublicKey miner = replica.match().miner();
    ReplicaPolicy.requireSigned(signed, miner);
    requireReceipt(replica, proof.receipt());
    ReplicaProof claim = replica.proof();
    Optional<ReplicaProof.Fault> fault =
        claim.fault(claim.positions(challengeBeacon(proof, deadline)), proof.checks());
    fault.ifPresent(
        wrong -> log.proofWrong(replica.contract(), exchange.peer(), wrong.check(), wrong.what()));
    Finding.Result result = fault.isPresent() ? Finding.Result.FAILED : Finding.Result.OK;
    return new Found(
        replica,
        Finding.porep(
            replica.contract(),
            miner.account(),
            proof.height(),
            claim.tiles(),
            new Finding.Verdict(result, proof.digest())));
  }

  private void requireReceipt(ReplicaPolicy.Admitted replica, SignedStatement<SealReceipt> signed)
      throws Refused {
    SealReceipt receipt = signed.body();
    if (!receipt.chainId().equals(host.chainId())
        || !receipt.rid().equals(replica.proof().rid())
        || !receipt.commitHash().equals(replica.commitHash())) {
      throw new Refused(Status.BAD_REQUEST, "receipt of another commitment");
    }
    if (signed.signer().map(PublicKey::peerId).filter(replica.committee()::has).isEmpty()) {
      throw new Refused(Status.UNAUTHENTICATED, "receipt is not by a member of the committee");
    }
  }

  private Hash challengeBeacon(PorepProof proof, Deadline deadline)
      throws Refused, IOException, InterruptedException {
    long recorded = proof.receipt().body().height();
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

  /// Signs once a commitment and a height: both are kept before.
  private Signature sign(PeerId miner, Found found) throws Refused, IOException {
    ReplicaPolicy.Admitted replica = found.replica();
    Finding finding = found.finding();
    if (!store.commit(replica.contract(), replica.commitHash(), replica.expireSeconds())) {
      throw otherCommitment();
    }
    if (!store.finding(replica.contract(), finding, replica.expireSeconds())) {
      throw new Refused(
          Status.FORBIDDEN, "another finding was signed for this contract and height");
    }
    counters.count(
        finding.result() == Finding.Result.OK
            ? VerifierCounter.PROOFS_ACCEPTED
            : VerifierCounter.PROOFS_FAILED);
    log.findingSigned(replica.contract(), miner, finding.period(), finding.result());
    return host.identity().privateKey().sign(finding.signedDigest());
  }

  /// Forgets contracts that are over.
  ///
  /// @return how many store
  int sweep() throws IOException {
    return store.removeExpired(host.env().clock().wall().getEpochSecond());
  }
}
