package io.ppio.node.user;

import io.ppio.data.hash.Hash;
import io.ppio.data.object.ObjectLayout;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.incentive.index.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.index.IndexAnswer.Located;
import io.ppio.incentive.index.IndexRequest;
import io.ppio.incentive.price.Tariff;
import io.ppio.incentive.price.Term;
import io.ppio.network.identity.PublicKey;
import io.ppio.node.user.UserApi.ContractView;
import io.ppio.node.user.UserApi.ObjectStatus;
import io.ppio.node.user.UserApi.ObjectView;
import io.ppio.node.user.UserApi.SegmentView;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.SegmentCopies.Copy;
import io.ppio.node.user.index.StoredObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How objects stand: shown from the index, refreshed from an indexer. Safe for concurrent use.
final class ObjectStates {
  private final AccountTools tools;
  private final Duration pendingEnd;
  private final int segmentBytes;
  private final Tariff tariff;

  ObjectStates(AccountTools tools, Duration pendingEnd) {
    this.tools = tools;
    this.pendingEnd = pendingEnd;
    var parameters = tools.host().genesis().parameters();
    this.segmentBytes = parameters.segmentBytes();
    this.tariff = new Tariff(segmentBytes, parameters.billingHourSeconds());
  }

  /// Segments of an object; none of an empty one.
  int segments(IndexEntry entry) {
    return entry.empty() ? 0 : new ObjectLayout(entry.length(), segmentBytes).segments();
  }

  /// The copies of all segments in object order.
  List<SegmentCopies> copies(IndexEntry entry) throws UserFailure {
    List<SegmentCopies> copies = new ArrayList<>();
    for (int segment = 0; segment < segments(entry); segment++) {
      copies.add(tools.index().copies(entry.objectId().orElseThrow(), segment));
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
                    tools.host().env().clock().wall()));
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
          tools
              .index()
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

  /// Asks an indexer how the contracts of an object stand, and records it.
  ///
  /// @return the entry as it is now
  IndexEntry refresh(IndexEntry entry, Duration patience) throws UserFailure, InterruptedException {
    if (entry.empty()) {
      return entry;
    }
    List<SegmentCopies> before = copies(entry);
    List<SegmentCopies> located = locateAgain(entry, before, patience);
    Map<Hash, Standing> standings =
        standings(
            located.stream()
                .flatMap(segment -> segment.copies().stream())
                .map(Copy::contract)
                .toList(),
            patience);
    Map<Integer, SegmentCopies> changed = new HashMap<>();
    for (int segment = 0; segment < located.size(); segment++) {
      SegmentCopies now =
          new SegmentCopies(
              located.get(segment).copies().stream()
                  .map(copy ->
                      Optional.ofNullable(standings.get(copy.contract()))
                          .map(standing -> with(copy, standing))
                          .orElse(copy))
                  .toList());
      if (!now.equals(before.get(segment))) {
        changed.put(segment, now);
      }
    }
    Instant now = tools.host().env().clock().wall();
    return tools.index().refresh(entry, changed, now).orElse(entry);
  }

  /// A note stays until the copy is proven again.
  private static Copy with(Copy copy, Standing standing) {
    boolean recovered =
        standing.state() == ContractState.AVAILABLE && copy.state() != ContractState.AVAILABLE;
    return new Copy(
        copy.contract(),
        copy.number(),
        copy.generation(),
        copy.miner(),
        standing.minerAsk().toString(),
        copy.begin(),
        standing.state(),
        recovered ? "" : copy.note());
  }

  private Map<Hash, Standing> standings(List<Hash> contracts, Duration patience)
      throws UserFailure, InterruptedException {
    Map<Hash, Standing> standings = new HashMap<>();
    for (int from = 0; from < contracts.size(); from += IndexRequest.CONTRACTS_MAX) {
      List<Hash> some =
          contracts.subList(from, Math.min(contracts.size(), from + IndexRequest.CONTRACTS_MAX));
      for (Standing standing : tools.indexer().contracts(some, patience).contracts()) {
        standings.put(standing.contract(), standing);
      }
    }
    return standings;
  }

  /// Looks for contracts that took the place of others, where some are missing or in doubt.
  private List<SegmentCopies> locateAgain(
      IndexEntry entry, List<SegmentCopies> before, Duration patience)
      throws UserFailure, InterruptedException {
    List<StoredObject.Segment> known =
        tools
            .index()
            .stored(entry.objectId().orElseThrow())
            .map(StoredObject::segments)
            .orElse(List.of());
    List<Integer> doubtful = new ArrayList<>();
    for (int segment = 0; segment < known.size(); segment++) {
      if (isDoubtful(before.get(segment), entry.copies())) {
        doubtful.add(segment);
      }
    }
    List<SegmentCopies> now = new ArrayList<>(before);
    for (int from = 0; from < doubtful.size(); from += IndexRequest.SEGMENTS_MAX) {
      List<Integer> some =
          doubtful.subList(from, Math.min(doubtful.size(), from + IndexRequest.SEGMENTS_MAX));
      List<Located> located =
          tools
              .indexer()
              .locate(some.stream().map(at -> known.get(at).chunkHash()).toList(), patience);
      for (int i = 0; i < some.size(); i++) {
        int segment = some.get(i);
        now.set(segment, merged(entry, before.get(segment), located.get(i)));
      }
    }
    return now;
  }

  private static boolean isDoubtful(SegmentCopies copies, int wanted) {
    long good =
        copies.copies().stream()
            .filter(copy ->
                copy.state() == ContractState.PENDING || copy.state() == ContractState.AVAILABLE)
            .count();
    return good < wanted;
  }

  private SegmentCopies merged(IndexEntry entry, SegmentCopies before, Located located) {
    List<Copy> copies = new ArrayList<>(before.copies());
    for (Located.Copy found : located.copies()) {
      Hash contract = found.row().contract();
      if (copies.stream().noneMatch(copy -> copy.contract().equals(contract))) {
        copies.add(
            new Copy(
                contract,
                found.row().copy(),
                0,
                found.row().miner().compressed(),
                entry.chiprice(),
                Instant.ofEpochSecond(entry.created().getEpochSecond()),
                found.state(),
                ""));
      }
    }
    return new SegmentCopies(copies);
  }
}
