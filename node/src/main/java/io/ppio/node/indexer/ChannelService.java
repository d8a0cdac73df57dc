package io.ppio.node.indexer;

import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Tariff;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// OPEN: opens download channels and grants miners what they may earn in them. Stateless.
final class ChannelService {
  private final NodeHost host;
  private final ContractStore contracts;
  private final OpenChannels channels;
  private final PeerAccounts accounts;
  private final BeaconFollower beacon;

  ChannelService(
      NodeHost host,
      ContractStore contracts,
      OpenChannels channels,
      PeerAccounts accounts,
      BeaconFollower beacon) {
    this.host = host;
    this.contracts = contracts;
    this.channels = channels;
    this.accounts = accounts;
    this.beacon = beacon;
  }

  /// @param by the reader
  IndexAnswer open(PeerId by, IndexRequest.Open request) throws IOException, Refused {
    DownloadOpen open = request.open().body();
    long now = host.env().clock().wallMillis() / 1000;
    Refused.unless(
        request.open().isBy(open.user()), Status.UNAUTHENTICATED, "channel of another user");
    Refused.unless(open.covers(request.segments()), Status.CONTRACT_INVALID, "list does not fit");
    Refused.unless(
        open.expiresSeconds() > now
            && open.expiresSeconds() <= now + DownloadOpen.LIFE_MAX.toSeconds(),
        Status.CONTRACT_INVALID,
        "a channel lives at most a day");
    accounts.spoke(by, open.user());
    Map<SegmentEntry, List<ContractEntry>> copies = copies(open.user(), request.segments());
    channels.opened(
        by, copies.values().stream().flatMap(List::stream).map(ContractEntry::id).toList());
    List<SignedStatement<LaneGrant>> grants = new ArrayList<>();
    units(request.segments(), copies)
        .forEach((miner, units) ->
            grants.add(
                Statement.sign(
                    new LaneGrant(
                        host.chainId(),
                        open.channel(),
                        miner,
                        Tariff.pieces(units, open.chiprice())),
                    host.identity().privateKey())));
    long height = beacon.tip().epoch();
    return new IndexAnswer.Opened(
        height,
        Statement.sign(new ChannelOpened(request.open(), height), host.identity().privateKey())
            .signature(),
        grants);
  }

  /// Copies of the very bytes, by chunk hash and plain root. What others ordered under the same
  /// chunk hash is another thing and does not count.
  private Map<SegmentEntry, List<ContractEntry>> copies(Account user, List<SegmentEntry> segments)
      throws IOException {
    Map<SegmentEntry, List<ContractEntry>> copies = new HashMap<>();
    for (SegmentEntry segment : segments) {
      if (!copies.containsKey(segment)) {
        List<ContractEntry> held =
            contracts.ofSegment(segment.segment()).stream()
                .filter(ContractEntry::holds)
                .filter(entry -> entry.content().plainRoot().equals(segment.plainRoot()))
                .toList();
        copies.put(segment, HolderSelector.of(held, Optional.of(user)));
      }
    }
    return copies;
  }

  /// How many pieces each miner could serve. Every segment has its first miner before any has its
  /// second, as far as an answer has room.
  private static Map<Account, Long> units(
      List<SegmentEntry> segments, Map<SegmentEntry, List<ContractEntry>> copies) {
    Map<Account, Long> units = new LinkedHashMap<>();
    for (int rank = 0; rank < Terms.COPIES_MAX; rank++) {
      for (SegmentEntry segment : segments) {
        List<ContractEntry> holders = copies.getOrDefault(segment, List.of());
        if (rank < holders.size()) {
          Account miner = holders.get(rank).miner().account();
          if (units.containsKey(miner) || units.size() < IndexRequest.SEGMENTS_MAX) {
            units.merge(miner, (long) segment.units(), Long::sum);
          }
        }
      }
    }
    return units;
  }
}
