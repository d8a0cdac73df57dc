package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.plot.Segment;
import io.ppio.data.staging.Upload;
import io.ppio.env.Backoff;
import io.ppio.env.Clock;
import io.ppio.env.Mailbox;
import io.ppio.env.Monitor;
import io.ppio.network.transport.CallFailed;
import io.ppio.node.host.NodeHost;
import io.ppio.node.miner.CopyState.Effect;
import io.ppio.node.miner.CopyState.Event;
import io.ppio.node.miner.CopyState.Seal;
import io.ppio.node.miner.CopyStore.Happened;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leads every copy through its life: a few workers take copies from a mailbox and have
/// [ReplicaSteps] run one effect of [CopyState] after the other.
///
/// A copy whose effect cannot be run now comes back after a pause that grows. What is not in the
/// mailbox is found by a sweep, so a full mailbox or a restart loses nothing. Safe for concurrent
/// use.
final class ReplicaPipeline {
  /// Copies at work at once: most of their time is waiting for beacons and verifiers.
  private static final int WORKERS = 16;

  private static final int MAILBOX = 4096;
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Backoff PAUSE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  private record Turn(long notBeforeNanos, Backoff pause, boolean busy) {}

  private final NodeHost host;
  private final Clock clock;
  private final CopyStore copies;
  private final MinerStorage storage;
  private final ReplicaSteps steps;
  private final Mailbox<Hash> waiting;
  private final Monitor monitor;
  private final Map<Hash, Turn> turns = new HashMap<>();
  private final MinerLog log;

  ReplicaPipeline(NodeHost host, CopyStore copies, MinerStorage storage, ReplicaSteps steps) {
    this.host = host;
    this.clock = host.env().clock();
    this.copies = copies;
    this.storage = storage;
    this.steps = steps;
    this.waiting = new Mailbox<>(clock, MAILBOX);
    this.monitor = new Monitor(clock);
    this.log = new MinerLog(host.env().log());
  }

  /// A copy has something to be done.
  void add(Hash contract) {
    waiting.offer(contract);
  }

  /// Puts in order what a crash left, before anything is served: what the plot found damaged is
  /// sealed again, and bytes that no copy needs are freed. They were not acknowledged, or are not
  /// promised any more: the crash came between the end of a contract and its tiles, between staging
  /// and its record, or between the proof and the end of staging.
  ///
  /// @return how many segments and uploads were freed
  int recover() throws IOException, InterruptedException {
    List<Hash> orphans = new ArrayList<>();
    List<Hash> damaged = storage.plot().recovery().damaged();
    List<Segment> broken = new ArrayList<>();
    storage
        .plot()
        .scan(segment -> {
          Hash rid = segment.replica().rid();
          Optional<CopyRecord> copy = copies.find(segment.replica().contract());
          boolean known = copy.flatMap(each -> each.state().rid()).filter(rid::equals).isPresent();
          boolean resumes = copy.filter(each -> each.state().readable()).isPresent();
          if (known && damaged.contains(rid)) {
            broken.add(segment);
          } else if (!known && (damaged.contains(rid) || !resumes)) {
            orphans.add(rid);
          }
          return true;
        });
    for (Segment segment : broken) {
      damaged(segment.replica().contract(), 0);
    }
    for (Hash rid : orphans) {
      storage.plot().free(rid);
    }
    int staged = 0;
    for (Upload upload : storage.staging().uploads()) {
      boolean needed =
          copies
              .find(new Hash(upload.id()))
              .map(copy -> copy.state().needsStaged())
              .orElse(upload.state() == Upload.State.RECEIVING);
      if (!needed && upload.remove()) {
        staged++;
      }
    }
    return orphans.size() + staged;
  }

  /// Starts the workers and the sweep in the host's tasks.
  void start() {
    for (int worker = 0; worker < WORKERS; worker++) {
      host.vital("copies", this::work);
    }
    host.vital("sweep", this::sweep);
  }

  /// Copies that are not proven yet.
  long unproven() {
    return copies.all().stream().filter(copy -> copy.state().unproven()).count();
  }

  private void sweep() throws InterruptedException {
    while (true) {
      for (CopyRecord copy : copies.all()) {
        if (!copy.state().on(new Event.Turned()).effects().isEmpty()) {
          waiting.offer(copy.id());
        }
      }
      try {
        storage.staging().expire();
      } catch (IOException e) {
        log.stagingFailed(String.valueOf(e.getMessage()));
      }
      clock.sleep(SWEEP);
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      Optional<Hash> contract = waiting.take();
      if (contract.isPresent() && begin(contract.get())) {
        boolean done = false;
        try {
          done = advance(contract.get());
        } finally {
          end(contract.get(), done);
        }
      }
    }
  }

  private boolean begin(Hash contract) {
    try (var _ = monitor.hold()) {
      Turn turn = turns.getOrDefault(contract, new Turn(clock.nanos(), PAUSE, false));
      if (turn.busy() || turn.notBeforeNanos() - clock.nanos() > 0) {
        return false;
      }
      turns.put(contract, new Turn(turn.notBeforeNanos(), turn.pause(), true));
      return true;
    }
  }

  private void end(Hash contract, boolean done) {
    try (var _ = monitor.hold()) {
      if (done) {
        turns.remove(contract);
        return;
      }
      Backoff pause = turns.getOrDefault(contract, new Turn(0, PAUSE, true)).pause();
      turns.put(contract, new Turn(clock.nanos() + pause.pause().toNanos(), pause.next(), false));
    }
  }

  /// Does what can be done for one copy.
  ///
  /// @return whether nothing is left to do
  boolean advance(Hash contract) throws InterruptedException {
    String step = "turn";
    try {
      Optional<Happened> now = copies.happen(contract, new Event.Turned());
      while (now.isPresent()) {
        CopyRecord copy = now.get().copy();
        if (now.get().effects().isEmpty()) {
          return true;
        }
        for (Effect effect : now.get().effects()) {
          step = effect.getClass().getSimpleName();
          switch (steps.run(copy, effect)) {
            case StepResult.Done(var event) -> now = settle(contract, event);
            case StepResult.Damaged(int tile) -> now = damaged(contract, tile);
            case StepResult.Later(var why) -> {
              log.stepFailed(contract, step, why);
              return false;
            }
          }
        }
      }
      return true;
    } catch (CallFailed e) {
      log.stepFailed(contract, step, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // One copy that cannot be worked on must not end the worker, who has others.
      log.stepBroken(contract, step, e);
    }
    return false;
  }

  private Optional<Happened> settle(Hash contract, Event event)
      throws IOException, InterruptedException {
    Optional<Happened> after = copies.happen(contract, event);
    if (event instanceof Event.SealedAs(var seal)) {
      freeUnlessKept(seal, after);
    } else if (event instanceof Event.Restored(var seal)) {
      freeUnlessKept(seal, after);
    }
    return after;
  }

  /// A copy that ended while it was sealed leaves tiles that nobody else knows of.
  private void freeUnlessKept(Seal seal, Optional<Happened> after)
      throws IOException, InterruptedException {
    Optional<Hash> kept = after.flatMap(now -> now.copy().state().rid());
    if (!kept.equals(Optional.of(seal.rid()))) {
      storage.plot().free(seal.rid());
    }
  }

  /// A tile of a copy is not what was stored.
  ///
  /// @return where the copy is now; a worker goes on from there
  Optional<Happened> damaged(Hash contract, int tile) throws IOException {
    log.corrupt(contract, tile);
    Optional<Happened> after = copies.happen(contract, new Event.FoundDamaged());
    add(contract);
    return after;
  }

  /// The contract is over: frees what the copy takes. What a crash leaves of it is freed at the
  /// next start, because no record knows it.
  void drop(Hash contract) throws IOException, InterruptedException {
    Optional<CopyRecord> copy = copies.find(contract);
    if (copy.isPresent()) {
      copies.remove(contract);
      log.dropped(contract);
    }
    storage.discard(contract, copy.flatMap(each -> each.state().rid()));
  }
}
