package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committee;
import io.ppio.consensus.committee.Committees;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.SealProfile;
import io.ppio.data.segment.DamagedTile;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Finding.Result;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Talks to the verifiers that judge a copy: has its commitment recorded, proves it, gathers their
/// verdicts (data and proofs specification 5.1). Stateless.
final class CommitteeClient {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

  private final NodeHost host;
  private final MinerStorage storage;
  private final Committees committees;
  private final MinerLog log;

  CommitteeClient(NodeHost host, MinerStorage storage) {
    this.host = host;
    this.storage = storage;
    this.committees = new Committees(host.genesis());
    this.log = new MinerLog(host.env().log());
  }

  private Committee committee(CopyRecord copy, BeaconTip seed) {
    return committees.ofReplica(seed.value(), copy.id(), host.id());
  }

  /// Has the commitment recorded by a member of the committee, in draw order until one answers.
  ///
  /// @param seed whose value went into the replica id
  StepResult record(CopyRecord copy, CopyState.Seal seal, BeaconTip seed)
      throws InterruptedException {
    PorepRequest request = new PorepRequest(Bytes.of(copy.match().encode()), seal.commitment());
    for (PeerId verifier : committee(copy, seed).members()) {
      try {
        Bytes answer = call(verifier, new ProofMessage.RecordSeal(request));
        SignedStatement<SealReceipt> receipt = SealReceipt.decode(answer.toArray());
        if (isReceiptOf(receipt, verifier, seal)) {
          return new StepResult.Done(new CopyState.Event.RecordedBy(receipt));
        }
        log.proofRefused(copy.id(), verifier, "receipt of something else");
      } catch (CallFailed e) {
        log.stepFailed(copy.id(), "receipt", String.valueOf(e.getMessage()));
      } catch (MalformedMessage e) {
        log.proofRefused(copy.id(), verifier, String.valueOf(e.getMessage()));
      }
    }
    return new StepResult.Later("no verifier recorded the commitment");
  }

  private boolean isReceiptOf(
      SignedStatement<SealReceipt> signed, PeerId verifier, CopyState.Seal seal) {
    SealReceipt receipt = signed.body();
    return receipt.chainId().equals(host.chainId())
        && receipt.rid().hash().equals(seal.rid())
        && receipt.commitHash().equals(seal.commitment().body().hash(SealProfile.FAST))
        && signed.isBy(verifier.publicKey());
  }

  private Bytes call(PeerId verifier, ProofMessage message)
      throws CallFailed, InterruptedException {
    return host.peers()
        .call(
            host.directory().contact(verifier),
            Method.PROOF,
            ProofCodec.encode(message),
            CallOptions.DEFAULT.within(CALL_LIMIT))
        .body();
  }

  /// Proves the replica to its committee and gathers the verdicts.
  ///
  /// @param seed whose value went into the replica id
  /// @param challenge the first final epoch from h_k + δ_chal on
  StepResult prove(CopyRecord copy, CopyState.Recorded state, BeaconTip seed, BeaconTip challenge)
      throws IOException, InterruptedException {
    PorepProof proof;
    try {
      proof =
          new PorepProof(
              Bytes.of(copy.match().encode()),
              state.seal().commitment(),
              state.receipt(),
              challenge.epoch(),
              storage.checks(copy, state.seal(), challenge.value()));
    } catch (DamagedTile e) {
      return new StepResult.Damaged(e.tile());
    }
    return gather(copy, committee(copy, seed), Statement.sign(proof, host.identity().privateKey()));
  }

  private StepResult gather(CopyRecord copy, Committee committee, SignedStatement<PorepProof> proof)
      throws InterruptedException {
    Finding right = finding(copy, proof.body(), Result.OK);
    List<Signature> accepted = new ArrayList<>();
    int rejected = 0;
    for (PeerId verifier : committee.members()) {
      switch (verdict(copy, verifier, proof, accepted)) {
        case OK -> {
          if (accepted.size() >= committee.quorum()) {
            return new StepResult.Done(
                new CopyState.Event.CertifiedBy(ProofCert.of(right, accepted)));
          }
        }
        case FAILED -> {
          rejected++;
          if (rejected >= committee.quorum()) {
            return new StepResult.Done(new CopyState.Event.Condemned());
          }
        }
        case NO_ANSWER -> {} // the others are enough, or all are asked again
      }
    }
    return new StepResult.Later(
        accepted.size() + " of " + committee.members().size() + " verifiers signed");
  }

  private static Finding finding(CopyRecord copy, PorepProof proof, Result result) {
    return Finding.porep(
        copy.id(),
        copy.match().body().miner().account(),
        proof.height(),
        copy.tiles(),
        new Finding.Verdict(result, proof.digest()));
  }

  /// One member's verdict; a signature under the right finding goes to `accepted`.
  private Result verdict(
      CopyRecord copy, PeerId verifier, SignedStatement<PorepProof> proof, List<Signature> accepted)
      throws InterruptedException {
    Result result = Result.NO_ANSWER;
    String why;
    try {
      Bytes answer = call(verifier, new ProofMessage.ProveReplica(proof));
      Signature signature = SignatureAnswer.decode(answer).signature();
      for (Result possible : List.of(Result.OK, Result.FAILED)) {
        Finding finding = finding(copy, proof.body(), possible);
        result = signature.isBy(verifier.publicKey(), finding.signedDigest()) ? possible : result;
      }
      if (result == Result.OK) {
        accepted.add(signature);
        return result;
      }
      why = result == Result.FAILED ? "signed as wrong" : "signature over another finding";
    } catch (CallFailed e) {
      result = e.status() == Status.CORRUPT ? Result.FAILED : Result.NO_ANSWER;
      why = String.valueOf(e.getMessage());
    } catch (MalformedMessage e) {
      why = String.valueOf(e.getMessage());
    }
    log.proofRefused(copy.id(), verifier, why);
    return result;
  }
}
