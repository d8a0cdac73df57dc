package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.ObjectIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Which miners a download may take a segment from, and how busy it keeps them; what it leaves out
/// is reported where the miner is to blame. Safe for concurrent use.
final class CopySelector {
  private final IndexerClient indexer;
  private final ObjectIndex index;
  private final Bytes objectId;
  private final UserLog log;
  private final Monitor monitor;
  private final Map<Integer, List<Source>> bySegment = new HashMap<>();
  private final Map<PeerId, Integer> busy = new HashMap<>();
  private final Set<PeerId> dropped = new HashSet<>();
  private final Set<Absence> absent = new HashSet<>();

  CopySelector(Env env, IndexerClient indexer, ObjectIndex index, Bytes objectId) {
    this.indexer = indexer;
    this.index = index;
    this.objectId = objectId;
    this.log = new UserLog(env.log());
    this.monitor = new Monitor(env.clock());
  }

  /// A copy of a segment.
  record Source(int segment, Contact miner, Hash contract, ContractState state) {
    /// Proven copies first, those in doubt last.
    private int rank() {
      return switch (state) {
        case AVAILABLE -> 0;
        case PENDING, EXPIRED -> 1;
        default -> 2;
      };
    }
  }

  private record Absence(int segment, PeerId miner) {}

  /// Asks the indexer where segments are.
  ///
  /// @param wanted chunk hash by segment number, in a stable order
  void locate(Map<Integer, Hash> wanted) throws UserFailure, InterruptedException {
    List<Integer> segments = List.copyOf(wanted.keySet());
    for (int from = 0; from < segments.size(); from += IndexRequest.SEGMENTS_MAX) {
      List<Integer> some =
          segments.subList(from, Math.min(segments.size(), from + IndexRequest.SEGMENTS_MAX));
      List<Located> located = indexer.locate(some.stream().map(wanted::get).toList());
      for (int i = 0; i < some.size(); i++) {
        set(some.get(i), located.get(i));
      }
    }
  }

  private void set(int segment, Located located) {
    List<Source> sources = new ArrayList<>();
    for (Located.Copy copy : located.copies()) {
      if (!copy.state().isFinal()) {
        sources.add(
            new Source(
                segment,
                indexer.miner(copy.row().miner(), copy.peerRecord()),
                copy.row().contract(),
                copy.state()));
      }
    }
    guarded(() -> bySegment.put(segment, sources));
  }

  /// The best miner for a segment, the least busy among equals; to be given back by [#release].
  ///
  /// @param usable which miners may serve
  Optional<Source> take(int segment, Predicate<PeerId> usable) {
    return guarded(() -> {
      Optional<Source> best =
          bySegment.getOrDefault(segment, List.of()).stream()
              .filter(source -> usable.test(source.miner().id()))
              .filter(source -> !dropped.contains(source.miner().id()))
              .filter(source -> !absent.contains(new Absence(segment, source.miner().id())))
              .min(
                  Comparator.comparingInt(Source::rank)
                      .thenComparingInt(source -> busy.getOrDefault(source.miner().id(), 0))
                      .thenComparing(source -> source.miner().id()));
      best.ifPresent(source -> busy.merge(source.miner().id(), 1, Integer::sum));
      return best;
    });
  }

  /// The miners that hold a segment, as far as was heard.
  List<PeerId> miners(int segment) {
    return guarded(() ->
        bySegment.getOrDefault(segment, List.of()).stream()
            .map(source -> source.miner().id())
            .toList());
  }

  void release(Source source) {
    guarded(() -> busy.merge(source.miner().id(), -1, Integer::sum));
  }

  /// A miner delivered its copy.
  void served(Source source) {
    log.segmentFetched(objectId, source.segment(), source.miner().id());
  }

  /// Does without a miner: for this segment where it is not to blame, else in this download.
  void failed(Source source, LaneFailed failure) throws UserFailure, InterruptedException {
    PeerId miner = source.miner().id();
    String reason = String.valueOf(failure.getMessage());
    log.laneFailed(source.contract(), miner, source.segment(), reason);
    if (!failure.blame()) {
      guarded(() -> absent.add(new Absence(source.segment(), miner)));
      return;
    }
    guarded(() -> dropped.add(miner));
    String note = failure.trouble() == Trouble.CORRUPT ? "corrupt copy reported" : "no answer";
    index.note(objectId, source.segment(), source.contract(), note);
    indexer.report(source.contract(), failure.trouble());
  }

  /// Gives every miner another chance: nobody else is left.
  void forgive() {
    guarded(() -> {
      dropped.clear();
      absent.clear();
      return true;
    });
  }

  private <T> T guarded(Supplier<T> step) {
    try (var _ = monitor.hold()) {
      return step.get();
    }
  }
}
