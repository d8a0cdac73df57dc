package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
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
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.MethodBody;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Talks to the verifiers that judge a copy: has its commitment recorded, proves it, gathers their
/// verdicts (data and proofs specification 5.1). Stateless.
final class CommitteeClient {
  private static final int REQUEST = 1;
  private static final int PROOF = 2;
  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

  private final NodeHost host;
  private final MinerStorage storage;
  private final MinerLog log;

  CommitteeClient(NodeHost host, MinerStorage storage) {
    this.host = host;
    this.storage = storage;
    this.log = new MinerLog(host.env().log());
  }

  private Committee committee(CopyRecord copy, BeaconTip seed) {
    return Committee.draw(
        seed.value(),
        copy.id().bytes(),
        0,
        host.genesis().peers(NodeRole.VERIFIER),
        verifier -> !verifier.equals(host.id()));
  }

  /// Has the commitment recorded by a member of the committee, in draw order until one answers.
  ///
  /// @param seed whose value went into the replica id
  StepResult record(CopyRecord copy, CopyState.Seal seal, BeaconTip seed)
      throws InterruptedException {
    PorepRequest request = new PorepRequest(Bytes.of(copy.match().encode()), seal.commitment());
    for (PeerId verifier : committee(copy, seed).members()) {
      try {
        Bytes answer = call(verifier, REQUEST, Bytes.of(request.encode()));
        SealReceipt.Signed receipt = SealReceipt.Signed.decode(answer.toArray());
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

  private boolean isReceiptOf(SealReceipt.Signed signed, PeerId verifier, CopyState.Seal seal)
      throws MalformedMessage {
    SealReceipt receipt = signed.receipt();
    return receipt.chainId().equals(host.chainId())
        && receipt.rid().hash().equals(seal.rid())
        && receipt.commitHash().equals(seal.commitment().commit().hash(SealProfile.FAST))
        && Signature.decode(signed.signature().toArray())
            .isBy(verifier, Statement.digest(SealReceipt.STATEMENT, receipt.body()));
  }

  private Bytes call(PeerId verifier, int kind, Bytes body)
      throws CallFailed, InterruptedException {
    return host.peers()
        .call(
            host.directory().contact(verifier),
            Method.PROOF,
            new MethodBody(kind, body).encode(),
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
    Bytes signature =
        host.identity()
            .privateKey()
            .sign(Statement.digest(PorepProof.STATEMENT, proof.body()))
            .bytes();
    Bytes signed = Bytes.of(new PorepProof.Signed(proof, signature).encode());
    return gather(copy, committee(copy, seed), proof, signed);
  }

  private StepResult gather(CopyRecord copy, Committee committee, PorepProof proof, Bytes signed)
      throws InterruptedException {
    Finding right = finding(copy, proof, Result.OK);
    Hash wrong = finding(copy, proof, Result.FAILED).signedDigest();
    List<Signature> accepted = new ArrayList<>();
    int rejected = 0;
    for (PeerId verifier : committee.members()) {
      Optional<Signature> verdict = verdict(copy, verifier, signed);
      if (verdict.isEmpty()) {
        continue; // the others are enough, or all are asked again
      }
      if (verdict.get().isBy(verifier.publicKey(), right.signedDigest())) {
        accepted.add(verdict.get());
      } else {
        boolean found = verdict.get().isBy(verifier.publicKey(), wrong);
        rejected += found ? 1 : 0;
        log.proofRefused(copy.id(), verifier, found ? "found wrong" : "another finding");
      }
      if (accepted.size() >= committee.quorum()) {
        return new StepResult.Done(new CopyState.Event.CertifiedBy(ProofCert.of(right, accepted)));
      }
      if (rejected >= committee.quorum()) {
        return new StepResult.Done(new CopyState.Event.Condemned());
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

  private Optional<Signature> verdict(CopyRecord copy, PeerId verifier, Bytes proof)
      throws InterruptedException {
    try {
      return Optional.of(SignatureAnswer.decode(call(verifier, PROOF, proof)).signature());
    } catch (CallFailed | MalformedMessage e) {
      log.proofRefused(copy.id(), verifier, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
