package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committees;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.CipheredSegment;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Clock;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.Voucher;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Opens lanes: ciphers the segment under fresh keys and signs the terms (data and proofs
/// specification 5.2). Stateless.
final class LaneOpener {
  /// The reader may have heard of an epoch before this miner; without its beacon they would
  /// disagree about the key holder, and the reader would wait for the word of one that nobody
  /// asked.
  private static final Duration BEACON_WITHIN = Duration.ofSeconds(1);

  private final NodeHost host;
  private final Clock clock;
  private final ChannelTable channels;
  private final CopyStore copies;
  private final PlainTiles tiles;
  private final BeaconFollower beacon;
  private final Committees committees;
  private final MinerLog log;

  LaneOpener(
      NodeHost host,
      ChannelTable channels,
      CopyStore copies,
      PlainTiles tiles,
      BeaconFollower beacon) {
    this.host = host;
    this.clock = host.env().clock();
    this.channels = channels;
    this.copies = copies;
    this.tiles = tiles;
    this.beacon = beacon;
    this.committees = new Committees(host.genesis());
    this.log = new MinerLog(host.env().log());
  }

  /// Opens the lane `id`.
  ///
  /// @throws Refused when no channel of the reader has it, or the segment is not here
  ServedLane open(Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    LaneRequest channel =
        channels
            .find(reader, each -> LaneKeys.lane(each, host.id().keyHash(), segment).equals(id))
            .orElseThrow(() -> new Refused(Status.PAYMENT_REQUIRED, "no channel for this lane"));
    DownloadOpen open = channel.opened().body().open();
    if (open.expiresSeconds() <= clock.wallMillis() / 1000) {
      throw new Refused(Status.CONTRACT_INVALID, "the channel is over");
    }
    CopyRecord copy = copy(channel, segment);
    tiles.keep(copy.id());
    byte[] secret = new byte[Hash.SIZE];
    host.env().secret(secret);
    LaneKeys keys = new LaneKeys(Hash.of(secret), Windows.standard(copy.tiles()));
    SegmentTree ciphered = new CipheredSegment(keys).tree(tiles.source(copy.id()));
    LaneTerms terms =
        new LaneTerms(
            open.channel(), segment, ciphered.root(), Windows.SIZE_DEFAULT, keys.keyRoot());
    LaneOffer offer =
        new LaneOffer(
            Statement.sign(terms, host.identity().privateKey()),
            Optional.empty(),
            keys.keyHashes());
    LaneAgreement agreement =
        new LaneAgreement(
            new Voucher.LaneName(host.chainId(), open.channel(), id),
            terms,
            keys.keyHashes(),
            new LaneAgreement.Money(
                open.channelKey(),
                open.chiprice(),
                channel.grant().body().cap(),
                Instant.ofEpochSecond(open.expiresSeconds())),
            copy.tiles());
    Optional<PeerId> holder = holder(channel);
    log.laneOpened(id, copy.tiles(), holder.isEmpty());
    return new ServedLane(
        clock, new ServedLane.Fixed(id, reader, holder, copy, keys, ciphered, agreement, offer));
  }

  private CopyRecord copy(LaneRequest channel, Hash segment) throws Refused {
    Hash root =
        channel.segments().stream()
            .filter(each -> each.segment().equals(segment))
            .findFirst()
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "segment is not of this channel"))
            .plainRoot();
    return copies
        .readable(segment)
        .filter(copy -> copy.content().plainRoot().equals(root))
        .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this miner has no such segment"));
  }

  /// The verifier drawn to hold the keys; empty where nobody is.
  private Optional<PeerId> holder(LaneRequest channel) throws IOException, InterruptedException {
    long height = channel.opened().body().height();
    Hash name = channel.opened().body().open().channel();
    return beacon
        .await(height, clock.in(BEACON_WITHIN))
        .filter(tip -> tip.epoch() == height)
        .map(BeaconTip::value)
        .flatMap(value -> committees.ofChannel(value, name, host.id()).first());
  }
}
