package io.ppio.node.user;

import io.ppio.crypto.identity.PublicKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.env.Clock;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.incentive.market.Tariff;
import io.ppio.incentive.market.Term;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.api.UserApi.ContractView;
import io.ppio.node.user.api.UserApi.ObjectStatus;
import io.ppio.node.user.api.UserApi.ObjectView;
import io.ppio.node.user.api.UserApi.SegmentView;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.SegmentCopies.Copy;
import io.ppio.node.user.index.StoredObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// How objects stand, as the index has them. Safe for concurrent use.
final class ObjectStates {
  private final Clock clock;
  private final ObjectIndex index;
  private final Duration pendingEnd;
  private final int segmentBytes;
  private final Tariff tariff;

  /// @param pendingEnd how long before it expires an object counts as ending
  ObjectStates(NodeHost host, ObjectIndex index, Duration pendingEnd) {
    this.clock = host.env().clock();
    this.index = index;
    this.pendingEnd = pendingEnd;
    var parameters = host.genesis().parameters();
    this.segmentBytes = parameters.segmentBytes();
    this.tariff = new Tariff(segmentBytes, parameters.billingHourSeconds());
  }

  /// Segments of an object; none of an empty one.
  int segments(IndexEntry entry) {
    return entry.empty() ? 0 : new ObjectLayout(entry.length(), segmentBytes).segments();
  }

  /// The copies of all segments in object order, as the index has them.
  List<SegmentCopies> copies(IndexEntry entry) throws UserFailure {
    List<SegmentCopies> copies = new ArrayList<>();
    for (int segment = 0; segment < segments(entry); segment++) {
      copies.add(index.copies(entry.objectId().orElseThrow(), segment));
    }
    return copies;
  }

  /// An object as lists show it.
  ObjectView view(IndexEntry entry) throws UserFailure {
    return view(entry, copies(entry));
  }

  /// The state of an object; empty for an empty one.
  Optional<ObjectState> state(IndexEntry entry) throws UserFailure {
    return view(entry).state();
  }

  private ObjectView view(IndexEntry entry, List<SegmentCopies> copies) {
    Optional<ObjectState> state =
        entry
            .expires()
            .map(expires ->
                ObjectState.of(
                    states(copies),
                    Math.max(1, segments(entry) * entry.copies()),
                    new ObjectState.Ending(expires, pendingEnd),
                    clock.wall()));
    return new ObjectView(
        entry.bucket(),
        entry.key(),
        state,
        entry.length(),
        entry.empty(),
        entry.created(),
        entry.modified(),
        entry.synchronizedAt(),
        entry.expires(),
        entry.metadata());
  }

  private static Collection<ContractState> states(List<SegmentCopies> copies) {
    return copies.stream().flatMap(segment -> segment.copies().stream()).map(Copy::state).toList();
  }

  /// An object with its contracts.
  ObjectStatus status(IndexEntry entry) throws UserFailure {
    List<SegmentCopies> copies = copies(entry);
    List<SegmentView> views = new ArrayList<>();
    if (!entry.empty()) {
      List<StoredObject.Segment> known =
          index
              .stored(entry.objectId().orElseThrow())
              .map(StoredObject::segments)
              .orElse(List.of());
      for (int segment = 0; segment < known.size(); segment++) {
        StoredObject.Segment each = known.get(segment);
        views.add(
            new SegmentView(
                each.chunkHash().hex(),
                copies.get(segment).copies().stream()
                    .filter(copy -> copy.state().isShown())
                    .map(copy -> view(entry, each, copy))
                    .toList()));
      }
    }
    return new ObjectStatus(view(entry, copies), views);
  }

  private ContractView view(IndexEntry entry, StoredObject.Segment segment, Copy copy) {
    BigInteger price = new BigInteger(entry.chiprice());
    Instant expires = entry.expires().orElseThrow();
    Term term = new Term(copy.begin().getEpochSecond(), expires.getEpochSecond());
    return new ContractView(
        copy.contract().hex(),
        copy.state().shown(),
        new PublicKey(copy.miner()).account().address(),
        price,
        new BigInteger(copy.ask()),
        segment.size(),
        tariff.contractFunds(segment.size(), term, price),
        copy.begin(),
        expires,
        copy.note());
  }
}
