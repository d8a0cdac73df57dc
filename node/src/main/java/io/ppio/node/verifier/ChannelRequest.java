package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneRequest;
import java.time.Instant;
import java.util.Optional;

/// A reader's request to one miner in one channel: what LANE 1 said, already checked.
record ChannelRequest(LaneRequest request) {
  /// Names a request: there is one for each channel and miner.
  record Key(Hash channel, Account miner) {}

  Key key() {
    return new Key(open().channel(), request.grant().body().miner());
  }

  DownloadOpen open() {
    return request.opened().body().open();
  }

  /// When the channel ends.
  Instant expires() {
    return Instant.ofEpochSecond(open().expiresSeconds());
  }

  /// What the reader says about `segment`; empty when the channel does not cover it.
  Optional<SegmentEntry> entry(Hash segment) {
    return request.segments().stream().filter(entry -> entry.segment().equals(segment)).findFirst();
  }
}
