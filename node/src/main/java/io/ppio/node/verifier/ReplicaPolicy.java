package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committee;
import io.ppio.consensus.committee.Committees;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.porep.ReplicaProof;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.env.Deadline;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;

/// Decides whether a commitment is one that this verifier may judge. Believes nothing that the
/// miner says: replica id and committee are derived again.
final class ReplicaPolicy {
  private final NodeHost host;
  private final BeaconChain chain;
  private final Committees committees;

  ReplicaPolicy(NodeHost host, BeaconChain chain) {
    this.host = host;
    this.chain = chain;
    this.committees = new Committees(host.genesis());
  }

  /// A commitment of the right miner under a contract of this network.
  ///
  /// @param commitHash the hash of the commitment
  /// @param committee who judges it; this verifier is among them
  /// @param proof what its proof must show
  record Admitted(Match match, Hash commitHash, Committee committee, ReplicaProof proof) {
    Hash contract() {
      return match.contractId();
    }

    /// When the contract ends, seconds since 1970.
    long expireSeconds() {
      return match.order().terms().expireSeconds();
    }
  }

  /// Admits `commit` of the peer `miner`; waits until `deadline` for an epoch that the miner knows
  /// and this node does not yet.
  ///
  /// @throws Refused with what is wrong
  Admitted admit(
      PeerId miner, Bytes encodedMatch, SignedStatement<SealCommit> commit, Deadline deadline)
      throws MalformedMessage, Refused, IOException, InterruptedException {
    SignedStatement<Match> match = Match.decode(encodedMatch.toArray());
    requireContract(match, miner);
    SealCommit body = commit.body();
    requireSigned(commit, match.body().miner());
    SealProfile profile =
        SealProfile.of(match.body().order().sealing().profile())
            .filter(SealProfile.FAST::equals)
            .orElseThrow(() -> new Refused(Status.BAD_REQUEST, "profile is not supported"));
    if (!body.layerRoots().isEmpty()) {
      throw new Refused(Status.BAD_REQUEST, "this profile has no layer roots");
    }
    BeaconTip seed = seed(match.body(), body.rid(), profile, deadline);
    Committee committee = committees.ofReplica(seed.value(), match.body().contractId(), miner);
    if (!committee.has(host.id())) {
      throw new Refused(Status.FORBIDDEN, "this verifier was not drawn");
    }
    SegmentOrder order = match.body().order();
    ReplicaProof proof =
        new ReplicaProof(
            body.rid(), order.content().tiles(), order.content().plainRoot(), body.sealedRoot());
    return new Admitted(match.body(), body.hash(profile), committee, proof);
  }

  private void requireContract(SignedStatement<Match> match, PeerId miner) throws Refused {
    SegmentOrder order = match.body().order();
    if (!order.chainId().equals(host.chainId())) {
      throw new Refused(Status.WRONG_NETWORK, "order of another network");
    }
    if (!host.named().isByIndexer(match) || !match.body().isOrdered()) {
      throw new Refused(Status.CONTRACT_INVALID, "match is not signed by user and named indexer");
    }
    if (!match.body().miner().peerId().equals(miner)) {
      throw new Refused(Status.FORBIDDEN, "match of another miner");
    }
    if (order.terms().expireSeconds() <= host.env().clock().wall().getEpochSecond()) {
      throw new Refused(Status.CONTRACT_INVALID, "contract has expired");
    }
  }

  /// The epoch whose beacon went into `rid`.
  private BeaconTip seed(Match match, ReplicaId rid, SealProfile profile, Deadline deadline)
      throws Refused, IOException, InterruptedException {
    long wanted = match.height() + host.genesis().parameters().sealing().seedDelay();
    if (match.height() < 0 || !chain.reaches(wanted, deadline)) {
      throw new Refused(Status.UNAVAILABLE, "the beacon of this contract is not final here");
    }
    for (BeaconTip epoch : chain.serving(wanted)) {
      if (rid.equals(replicaId(match, profile, epoch))) {
        return epoch;
      }
    }
    throw new Refused(Status.CONTRACT_INVALID, "replica id does not follow from the contract");
  }

  private ReplicaId replicaId(Match match, SealProfile profile, BeaconTip epoch) {
    SegmentOrder order = match.order();
    return ReplicaId.of(
        new ReplicaId.Binding(
            host.genesis().net(),
            match.miner().hash(),
            match.contractId(),
            order.content().plainRoot(),
            order.content().tiles(),
            match.copy(),
            profile,
            epoch.epoch(),
            epoch.value(),
            order.sealing().userSalt()));
  }

  static void requireSigned(SignedStatement<?> statement, PublicKey miner) throws Refused {
    if (!statement.isBy(miner)) {
      throw new Refused(
          Status.UNAUTHENTICATED, statement.body().statement() + " is not signed by the miner");
    }
  }
}
