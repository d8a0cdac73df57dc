package io.ppio.node.user;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.incentive.contract.PlacementRow;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Tariff;
import io.ppio.incentive.market.Term;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.api.UserApi.ContractView;
import io.ppio.node.user.api.UserApi.ObjectStatus;
import io.ppio.node.user.api.UserApi.ObjectView;
import io.ppio.node.user.api.UserApi.SegmentView;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.SegmentCopies.Copy;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.OwnOrders;
import io.ppio.node.user.put.PutSettings;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

  /// The copies of all segments in object order, as the index has them.
  private List<SegmentCopies> copies(IndexEntry entry) throws UserFailure {
    List<SegmentCopies> copies = new ArrayList<>();
    for (int segment = 0; segment < segments(entry); segment++) {
      copies.add(tools.index().copies(entry.objectId().orElseThrow(), segment));
    }
    return copies;
  }

  /// The contracts of an object that this account may end, by segment.
  List<List<Hash>> contracts(IndexEntry entry) throws UserFailure {
    return ours(entry, copies(entry)).stream()
        .map(segment -> segment.copies().stream().map(Copy::contract).toList())
        .toList();
  }

  /// Leaves out what an earlier version took from strangers into the index.
  private List<SegmentCopies> ours(IndexEntry entry, List<SegmentCopies> copies)
      throws UserFailure {
    List<Own> own = own(entry);
    List<SegmentCopies> ours = new ArrayList<>();
    for (SegmentCopies segment : copies) {
      int at = ours.size();
      ours.add(
          at >= own.size()
              ? segment
              : new SegmentCopies(segment.copies().stream().filter(own.get(at)::has).toList()));
    }
    return ours;
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
    List<SegmentCopies> located = locateAgain(entry, ours(entry, before), patience);
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
    List<Own> known = own(entry);
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
              .locate(
                  some.stream().map(at -> known.get(at).stored().chunkHash()).toList(), patience);
      for (int i = 0; i < some.size(); i++) {
        int segment = some.get(i);
        now.set(segment, merged(before.get(segment), located.get(i), known.get(segment)));
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

  private static SegmentCopies merged(SegmentCopies before, Located located, Own own) {
    List<Copy> copies = new ArrayList<>(before.copies());
    for (Located.Copy found : located.copies()) {
      PlacementRow row = found.row();
      OptionalInt generation = own.generation(row.contract(), row.copy(), row.miner().account());
      if (generation.isPresent()
          && copies.stream().noneMatch(copy -> copy.contract().equals(row.contract()))) {
        copies.add(
            new Copy(
                row.contract(),
                row.copy(),
                generation.getAsInt(),
                row.miner().compressed(),
                own.entry().chiprice(),
                Instant.ofEpochSecond(own.entry().created().getEpochSecond()),
                found.state(),
                ""));
      }
    }
    return new SegmentCopies(copies);
  }

  /// Tells contracts of one segment that are ours from those that strangers made for the same
  /// bytes: their placement is public.
  private record Own(IndexEntry entry, OwnOrders orders, int segment, StoredObject.Segment stored) {
    private OptionalInt generation(Hash contract, int copy, Account miner) {
      return orders.generation(
          segment,
          Content.of(stored.chunkHash(), stored.size(), stored.root()),
          new OwnOrders.Claim(contract, copy, miner));
    }

    private boolean has(Copy copy) {
      return generation(copy.contract(), copy.number(), new PublicKey(copy.miner()).account())
          .isPresent();
    }
  }

  /// What tells our contracts by segment; empty while the segments are not known.
  private List<Own> own(IndexEntry entry) throws UserFailure {
    Optional<StoredObject> stored = tools.index().stored(entry.objectId().orElseThrow());
    if (stored.isEmpty()) {
      return List.of();
    }
    OwnOrders orders = orders(entry, stored.get().profile());
    List<Own> own = new ArrayList<>();
    for (StoredObject.Segment segment : stored.get().segments()) {
      own.add(new Own(entry, orders, own.size(), segment));
    }
    return own;
  }

  private OwnOrders orders(IndexEntry entry, int profile) {
    PutSettings settings =
        new PutSettings(
            entry.objectId().orElseThrow(),
            entry.length(),
            0,
            entry.copies(),
            new BigInteger(entry.chiprice()),
            entry.created().getEpochSecond(),
            entry.expires().orElseThrow().getEpochSecond());
    return new OwnOrders(tools, settings, profile);
  }
}
