package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.committee.Committee;
import io.ppio.consensus.committee.Committees;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Deadline;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Decides whether what reader and miner say about a lane may be believed (data and proofs
/// specification 5.2, steps 1 to 4).
final class LanePolicy {
  /// Beyond the longest life of a channel, for clocks that differ.
  private static final Duration CHANNEL_MAX = DownloadOpen.LIFE_MAX.plusMinutes(5);

  private final NodeHost host;
  private final BeaconChain chain;
  private final Committees committees;

  LanePolicy(NodeHost host, BeaconChain chain) {
    this.host = host;
    this.chain = chain;
    this.committees = new Committees(host.genesis());
  }

  /// Admits the request of a reader, whoever brings it: the user and a named indexer signed it.
  ChannelRequest request(LaneRequest request) throws Refused {
    ChannelOpened opened = request.opened().body();
    if (!request.fits()) {
      throw new Refused(Status.BAD_REQUEST, "grant, segment list and channel do not fit");
    }
    if (!request.grant().body().chainId().equals(host.chainId())) {
      throw new Refused(Status.WRONG_NETWORK, "grant of another network");
    }
    if (!host.named().isByIndexer(request.opened()) || !host.named().isByIndexer(request.grant())) {
      throw new Refused(Status.CONTRACT_INVALID, "channel is not signed by a named indexer");
    }
    if (!opened.request().isBy(opened.open().user())) {
      throw new Refused(Status.CONTRACT_INVALID, "channel is not signed by its user");
    }
    ChannelRequest admitted = new ChannelRequest(request);
    Instant now = host.env().clock().wall();
    if (!now.isBefore(admitted.expires()) || admitted.expires().isAfter(now.plus(CHANNEL_MAX))) {
      throw new Refused(Status.CONTRACT_INVALID, "channel is over or lasts too long");
    }
    return admitted;
  }

  /// Requires what a deposit says by itself: a contract of this miner, its signature, and keys that
  /// follow from the secret.
  void deposit(PeerId miner, LaneDeposit deposit) throws Refused {
    Match match = deposit.match().body();
    SegmentOrder order = match.order();
    LaneTerms terms = deposit.terms();
    if (!order.chainId().equals(host.chainId())) {
      throw new Refused(Status.WRONG_NETWORK, "order of another network");
    }
    if (!host.named().isByIndexer(deposit.match()) || !match.isOrdered()) {
      throw new Refused(Status.CONTRACT_INVALID, "match is not signed by user and named indexer");
    }
    if (!match.miner().peerId().equals(miner)) {
      throw new Refused(Status.FORBIDDEN, "match of another miner");
    }
    if (!order.content().segment().equals(terms.segment())
        || !order.content().plainRoot().equals(deposit.plainRoot())) {
      throw new Refused(Status.CONTRACT_INVALID, "deposit for other bytes than the contract's");
    }
    if (!deposit.signedTerms().isBy(match.miner())) {
      throw new Refused(Status.UNAUTHENTICATED, "terms are not signed by the miner");
    }
    if (!keys(deposit).keyRoot().equals(terms.keyRoot())) {
      throw new Refused(Status.BAD_REQUEST, "keys do not follow from the secret");
    }
  }

  private static LaneKeys keys(LaneDeposit deposit) {
    int pieces = deposit.match().body().order().content().tiles();
    return new LaneKeys(deposit.secret(), new Windows(pieces, deposit.terms().windowPieces()));
  }

  /// What reader and miner agree on, once both have spoken.
  ///
  /// @param deposit one that passed [#deposit]
  LaneAgreement agreement(ChannelRequest request, LaneDeposit deposit) throws Refused {
    LaneTerms terms = deposit.terms();
    Match match = deposit.match().body();
    SegmentEntry entry =
        request
            .entry(terms.segment())
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "channel does not cover the segment"));
    if (entry.units() != match.order().content().tiles()
        || !entry.plainRoot().equals(deposit.plainRoot())) {
      throw new Refused(Status.CONTRACT_INVALID, "reader and miner name different bytes");
    }
    Hash lane = LaneKeys.lane(terms.channel(), match.miner().hash(), terms.segment());
    LaneAgreement.Money money =
        new LaneAgreement.Money(
            request.open().channelKey(),
            request.open().chiprice(),
            request.request().grant().body().cap(),
            request.expires());
    return new LaneAgreement(
        new Voucher.LaneName(host.chainId(), terms.channel(), lane),
        terms,
        keys(deposit).keyHashes(),
        money,
        entry.units());
  }

  /// Requires that no other verifiers were drawn, as far as it can be told without waiting.
  void notElsewhere(ChannelRequest request, PeerId miner)
      throws Refused, IOException, InterruptedException {
    Deadline now = host.env().clock().in(Duration.ZERO);
    long height = request.request().opened().body().height();
    if (height >= 0 && chain.reaches(height, now)) {
      drawn(request, miner, now);
    }
  }

  /// Requires that this verifier was drawn for the channel and the miner.
  void drawn(ChannelRequest request, PeerId miner, Deadline deadline)
      throws Refused, IOException, InterruptedException {
    long height = request.request().opened().body().height();
    if (height < 0 || !chain.reaches(height, deadline)) {
      throw new Refused(Status.UNAVAILABLE, "the beacon of the channel is not final here");
    }
    Hash beacon =
        chain
            .value(height)
            .orElseThrow(
                () -> new Refused(Status.CONTRACT_INVALID, "channel names no final epoch"));
    Committee committee = committees.ofChannel(beacon, request.open().channel(), miner);
    if (!committee.has(host.id())) {
      throw new Refused(Status.FORBIDDEN, "this verifier was not drawn");
    }
  }
}
