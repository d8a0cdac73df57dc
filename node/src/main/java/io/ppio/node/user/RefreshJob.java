package io.ppio.node.user;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Clock;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.PlacementRow;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.SegmentCopies.Copy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Asks an indexer how the contracts of objects stand, and records it. Safe for concurrent use.
final class RefreshJob {
  private final Clock clock;
  private final ObjectIndex index;
  private final IndexerClient indexer;
  private final ObjectStates states;
  private final OwnContracts own;

  RefreshJob(
      Clock clock,
      ObjectIndex index,
      IndexerClient indexer,
      ObjectStates states,
      OwnContracts own) {
    this.clock = clock;
    this.index = index;
    this.indexer = indexer;
    this.states = states;
    this.own = own;
  }

  /// Refreshes one object.
  ///
  /// @return the entry as it is now
  IndexEntry run(IndexEntry entry) throws UserFailure, InterruptedException {
    if (entry.empty()) {
      return entry;
    }
    List<SegmentCopies> before = states.copies(entry);
    List<SegmentCopies> located = locateAgain(entry, own.ours(entry, before));
    Map<Hash, Standing> standings =
        standings(
            located.stream()
                .flatMap(segment -> segment.copies().stream())
                .map(Copy::contract)
                .toList());
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
    Instant now = clock.wall();
    return index.refresh(entry, changed, now).orElse(entry);
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

  private Map<Hash, Standing> standings(List<Hash> contracts)
      throws UserFailure, InterruptedException {
    Map<Hash, Standing> standings = new HashMap<>();
    for (int from = 0; from < contracts.size(); from += IndexRequest.CONTRACTS_MAX) {
      List<Hash> some =
          contracts.subList(from, Math.min(contracts.size(), from + IndexRequest.CONTRACTS_MAX));
      for (Standing standing : indexer.contracts(some).contracts()) {
        standings.put(standing.contract(), standing);
      }
    }
    return standings;
  }

  /// Looks for contracts that took the place of others, where some are missing or in doubt.
  private List<SegmentCopies> locateAgain(IndexEntry entry, List<SegmentCopies> before)
      throws UserFailure, InterruptedException {
    List<OwnContracts.Segment> known = own.segments(entry);
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
          indexer.locate(some.stream().map(at -> known.get(at).stored().chunkHash()).toList());
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

  private static SegmentCopies merged(
      SegmentCopies before, Located located, OwnContracts.Segment own) {
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
}
