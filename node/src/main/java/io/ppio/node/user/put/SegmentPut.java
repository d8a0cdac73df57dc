package io.ppio.node.user.put;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Backoff;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Promise;
import io.ppio.env.Tasks;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.put.SegmentOrders.Ordered;
import io.ppio.node.user.put.SegmentOrders.Target;
import io.ppio.node.user.task.TransferMeter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// Brings one segment to as many miners as the upload waits for.
///
/// Owned by one task; sends from several.
final class SegmentPut {
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  /// Attempts with one miner before another one is asked for.
  private static final int ATTEMPTS = 2;

  /// How long orders may name too few miners: some are just restarting, and so may the indexer be.
  private static final Duration SCHEDULED_WITHIN = Duration.ofSeconds(15);

  private static final Backoff LEFT_ALONE =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final NodeHost host;
  private final Clock clock;
  private final SegmentOrders orders;
  private final PutJournal journal;
  private final TransferMeter meter;
  private final SegmentBody body;
  private final Set<Hash> staged = ConcurrentHashMap.newKeySet();
  private final Map<Hash, Failure> failed = new ConcurrentHashMap<>();
  private volatile boolean clean = true;

  /// How often all attempts with a miner failed, until when it is left alone, and how long the next
  /// time.
  private record Failure(int times, OptionalLong untilNanos, Backoff next) {
    private static final Failure NONE = new Failure(0, OptionalLong.empty(), LEFT_ALONE);

    private Failure again(long nowNanos) {
      OptionalLong until = OptionalLong.of(nowNanos + next.pause().toNanos());
      return new Failure(times + 1, until, next.next());
    }
  }

  SegmentPut(
      NodeHost host,
      SegmentOrders orders,
      PutJournal journal,
      TransferMeter meter,
      SegmentBody body) {
    this.host = host;
    this.clock = host.env().clock();
    this.orders = orders;
    this.journal = journal;
    this.meter = meter;
    this.body = body;
  }

  /// Whether nobody may still be reading the segment's memory.
  boolean clean() {
    return clean;
  }

  /// Returns when enough miners hold the segment durably.
  ///
  /// @throws UserFailure when nothing moved for too long
  void run() throws UserFailure, InterruptedException {
    Backoff retry = RETRY;
    Set<Hash> recorded = new HashSet<>();
    Deadline scheduled = clock.in(SCHEDULED_WITHIN);
    while (true) {
      Ordered ordered = orders.order(body);
      List<Target> matched = ordered.targets();
      boolean news = matched.stream().map(Target::contract).anyMatch(recorded::add);
      send(due(matched), matched, news);
      if (staged.size() >= orders.awaited()) {
        return;
      }
      if (matched.size() >= orders.awaited()) {
        scheduled = clock.in(SCHEDULED_WITHIN);
      } else if (scheduled.passed()) {
        throw notScheduled(ordered.shortfall());
      }
      if (meter.stands()) {
        throw new UserFailure(
            Code.TIMEOUT, "timeout: " + staged.size() + " of " + orders.awaited() + " copies");
      }
      clock.sleep(retry.pause());
      retry = retry.next();
    }
  }

  private static UserFailure notScheduled(String shortfall) {
    String message = Code.SCHEDULE_FAILED.message();
    return new UserFailure(
        Code.SCHEDULE_FAILED, shortfall.isEmpty() ? message : message + ": " + shortfall);
  }

  /// The miners to send to now: those that never failed first, others when their pause is over. An
  /// indexer that names a miner again after it was reported knows more than we do: it restarted, or
  /// its acknowledgement got lost on the way to us.
  private List<Target> due(List<Target> matched) {
    long now = clock.nanos();
    return matched.stream()
        .filter(target -> !staged.contains(target.contract()))
        .filter(target -> failure(target).untilNanos().orElse(now) - now <= 0)
        .sorted(Comparator.comparingInt(target -> failure(target).times()))
        .limit(orders.awaited() - staged.size())
        .toList();
  }

  private Failure failure(Target target) {
    return failed.getOrDefault(target.contract(), Failure.NONE);
  }

  private void send(List<Target> targets, List<Target> matched, boolean news)
      throws InterruptedException {
    Promise<Boolean> recorded = new Promise<>(clock);
    try (Tasks scope = host.env().tasks("segment")) {
      if (news) {
        // Flushed while the pieces travel; awaited before the miner is told to keep them.
        scope.fork("record", () -> record(matched, recorded));
      } else {
        recorded.complete(true);
      }
      for (Target target : targets) {
        scope.fork("miner", () -> sendTo(target, recorded));
      }
      scope.join();
    } catch (ExecutionException e) {
      clean = false;
      throw e.getCause() instanceof RuntimeException bug
          ? bug
          : new IllegalStateException("an upload failed oddly", e);
    } catch (InterruptedException e) {
      clean = false;
      throw e;
    }
  }

  private void record(List<Target> matched, Promise<Boolean> recorded) {
    try {
      journal.matched(body.segment(), orders.copies(matched));
      recorded.complete(true);
    } catch (RuntimeException e) {
      recorded.fail(e);
      throw e;
    }
  }

  private void sendTo(Target target, Promise<Boolean> recorded) throws InterruptedException {
    Trouble trouble = Trouble.NO_ANSWER;
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        new PieceSender(
                host, body, target, bytes -> meter.moved(body.segment(), bytes / orders.awaited()))
            .send(recorded);
        staged.add(target.contract());
        return;
      } catch (CallFailed e) {
        clean = false;
        reason = String.valueOf(e.getMessage());
        trouble = e.status() == Status.CORRUPT ? Trouble.CORRUPT : Trouble.NO_ANSWER;
        if (e.status().remedy() == Status.Remedy.LATER) {
          clock.sleep(atLeast(e.retryAfter()));
        }
      } catch (MalformedMessage e) {
        reason = String.valueOf(e.getMessage());
        trouble = Trouble.CORRUPT;
      }
    }
    failed.merge(
        target.contract(),
        Failure.NONE.again(clock.nanos()),
        (before, _) -> before.again(clock.nanos()));
    orders.report(target, trouble, reason);
  }

  private static Duration atLeast(Duration asked) {
    return asked.compareTo(RETRY.pause()) < 0 ? RETRY.pause() : asked;
  }
}
