package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Mailbox;
import io.ppio.env.Monitor;
import io.ppio.env.Permits;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.transport.CallFailed;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Brings every staged copy to its proof: a few workers take copies from a mailbox and do one step
/// after the other.
///
/// A copy whose step fails comes back after a pause that grows. What is not in the mailbox is found
/// by a sweep, so a full mailbox or a restart loses nothing. Safe for concurrent use.
final class ReplicaPipeline {
  /// Copies at work at once: most of their time is waiting for beacons and verifiers.
  private static final int WORKERS = 16;

  /// Copies sealed at once: sealing is all CPU.
  private static final int SEALING = 1;

  private static final int MAILBOX = 4096;
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(30);

  private record Turn(long notBeforeNanos, Duration pause, boolean busy) {}

  private final NodeHost host;
  private final Clock clock;
  private final CopyStore book;
  private final MinerStorage holdings;
  private final PlainTiles tiles;
  private final ReplicaSteps line;
  private final IndexerClient indexers;
  private final Counters<MinerCounter> tally;
  private final Mailbox<Hash> waiting;
  private final Permits sealing;
  private final Monitor monitor;
  private final Map<Hash, Turn> turns = new HashMap<>();
  private final MinerLog log;

  ReplicaPipeline(
      NodeHost host,
      MinerStock stock,
      ReplicaSteps line,
      IndexerClient indexers,
      Counters<MinerCounter> tally) {
    this.host = host;
    this.clock = host.env().clock();
    this.book = stock.book();
    this.holdings = stock.holdings();
    this.tiles = stock.tiles();
    this.line = line;
    this.indexers = indexers;
    this.tally = tally;
    this.waiting = new Mailbox<>(clock, MAILBOX);
    this.sealing = new Permits(clock, SEALING);
    this.monitor = new Monitor(clock);
    this.log = new MinerLog(host.env().log());
  }

  /// A copy has steps to do.
  void add(Hash contract) {
    waiting.offer(contract);
  }

  /// Starts the workers and the sweep in the host's tasks.
  void start() {
    for (int worker = 0; worker < WORKERS; worker++) {
      host.vital("copies", this::work);
    }
    host.vital("sweep", this::sweep);
  }

  /// What was done here is counted there.
  Counters<MinerCounter> tally() {
    return tally;
  }

  /// Copies that are not proven yet.
  long unfinished() {
    return book.all().stream().filter(CopyRecord::unfinished).count();
  }

  private void expire() throws InterruptedException {
    try {
      holdings.staging().expire();
    } catch (IOException e) {
      log.stagingFailed(String.valueOf(e.getMessage()));
    }
  }

  private void sweep() throws InterruptedException {
    while (true) {
      for (CopyRecord record : book.all()) {
        if (record.wantsWork()) {
          waiting.offer(record.id());
        }
      }
      expire();
      clock.sleep(SWEEP);
    }
  }

  private void work() throws InterruptedException {
    while (true) {
      Optional<Hash> contract = waiting.take();
      if (contract.isPresent() && begin(contract.get())) {
        boolean done = false;
        try {
          done = steps(contract.get());
        } finally {
          end(contract.get(), done);
        }
      }
    }
  }

  private boolean begin(Hash contract) {
    monitor.lock();
    try {
      Turn turn = turns.getOrDefault(contract, new Turn(clock.nanos(), FIRST_PAUSE, false));
      if (turn.busy() || turn.notBeforeNanos() - clock.nanos() > 0) {
        return false;
      }
      turns.put(contract, new Turn(turn.notBeforeNanos(), turn.pause(), true));
      return true;
    } finally {
      monitor.unlock();
    }
  }

  private void end(Hash contract, boolean done) {
    monitor.lock();
    try {
      if (done) {
        turns.remove(contract);
        return;
      }
      Turn turn = turns.getOrDefault(contract, new Turn(0, FIRST_PAUSE, true));
      Duration next = turn.pause().multipliedBy(2);
      turns.put(
          contract,
          new Turn(
              clock.nanos() + turn.pause().toNanos(),
              next.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : next,
              false));
    } finally {
      monitor.unlock();
    }
  }

  /// Does what can be done for one copy.
  ///
  /// @return whether nothing is left to do
  private boolean steps(Hash contract) throws InterruptedException {
    String step = "start";
    try {
      while (true) {
        Optional<CopyRecord> found = book.find(contract);
        if (found.isEmpty() || !found.get().wantsWork()) {
          return true;
        }
        CopyRecord record = found.get();
        step = record.state().name();
        if (record.state() == CopyRecord.State.LOST) {
          reportLoss(record);
        } else if (record.told() == 0) {
          tell(record, record.evidence().stageAck(), 1);
        } else if (record.told() == 1 && !record.evidence().storeAck().isEmpty()) {
          tell(record, record.evidence().storeAck(), 2);
        } else {
          switch (record.state()) {
            case STAGED -> seal(record);
            case SEALED -> replace(line.record(record));
            case RECORDED -> replace(line.prove(record));
            case CERTIFIED -> activate(record);
            case PROVEN, LOST -> throw new IllegalStateException("no work on " + record.id());
          }
        }
      }
    } catch (CallFailed | ReplicaSteps.NotYet e) {
      log.stepFailed(contract, step, String.valueOf(e.getMessage()));
    } catch (DamagedCopy e) {
      mend(e);
    } catch (IOException | MalformedMessage e) {
      // One copy that cannot be worked on must not end the worker, who has others.
      log.stepBroken(contract, step, e);
    }
    return false;
  }

  private void seal(CopyRecord record)
      throws ReplicaSteps.NotYet, IOException, InterruptedException {
    sealing.acquire(1);
    try {
      replace(line.seal(record));
    } finally {
      sealing.release(1);
    }
  }

  private void replace(CopyRecord after) throws IOException, InterruptedException {
    Optional<CopyRecord> replaced =
        book.update(after.id(), now -> now.readable() ? after.told(now.told()) : now);
    if (replaced.isEmpty()) {
      // The contract ended during the step: nobody else knows of its tiles yet.
      holdings.plot().free(after.rid());
    }
  }

  private void tell(CopyRecord record, Bytes ack, int count)
      throws CallFailed, MalformedMessage, IOException, InterruptedException {
    IndexRequest.Acknowledge request =
        new IndexRequest.Acknowledge(
            count == 1 ? Ack.Staged.decode(ack.toArray()) : Ack.Stored.decode(ack.toArray()));
    indexers.tell(record.match(), request);
    book.update(record.id(), now -> now.told(count));
  }

  private void activate(CopyRecord record)
      throws CallFailed, MalformedMessage, IOException, InterruptedException {
    indexers.tell(
        record.match(),
        new IndexRequest.Activate(
            record.id(),
            record.sealedRoot(),
            ProofCert.decode(record.evidence().certificate().toArray())));
    holdings.plot().activate(record.rid());
    book.update(record.id(), now -> now.in(CopyRecord.State.PROVEN));
    tally.count(MinerCounter.SEGMENTS_PROVEN);
    log.proven(record.id());
    var upload = holdings.staged(record.id());
    if (upload.isPresent()) {
      upload.get().remove();
    }
  }

  /// A copy turned out damaged on its way to the proof: as long as its unsealed form is still there
  /// it is sealed again from that, else it is lost.
  void mend(DamagedCopy damage) throws InterruptedException {
    Optional<CopyRecord> sealed =
        book.find(damage.contract())
            .filter(CopyRecord::unfinished)
            .filter(record -> !record.rid().equals(Hash.ZERO));
    if (sealed.isEmpty()) {
      lost(damage);
      return;
    }
    try {
      sealAgain(sealed.get());
    } catch (DamagedCopy e) {
      lost(e);
    } catch (ReplicaSteps.NotYet e) {
      log.stepFailed(damage.contract(), "seal again", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.stepBroken(damage.contract(), "seal again", e);
    }
  }

  private void sealAgain(CopyRecord record)
      throws ReplicaSteps.NotYet, IOException, InterruptedException {
    sealing.acquire(1);
    try {
      line.sealAgain(record);
    } finally {
      sealing.release(1);
    }
    if (book.find(record.id()).isEmpty()) {
      holdings.plot().free(record.rid()); // the contract ended during the step
    }
  }

  /// The disk lied: the copy counts as lost from here, and the indexer is told, now or by the
  /// sweep.
  void lost(DamagedCopy damage) throws InterruptedException {
    Hash contract = damage.contract();
    try {
      Optional<CopyRecord> record = book.update(contract, now -> now.in(CopyRecord.State.LOST));
      if (record.filter(CopyRecord::wantsWork).isPresent()) {
        log.corrupt(contract, damage.tile());
        reportLoss(record.get());
      }
    } catch (CallFailed e) {
      log.stepFailed(contract, "report", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.stepBroken(contract, "lost", e);
    }
  }

  private void reportLoss(CopyRecord record) throws CallFailed, IOException, InterruptedException {
    indexers.tell(
        record.match(),
        new IndexRequest.Report(record.id(), IndexRequest.Report.Trouble.LOST, Bytes.EMPTY));
    book.update(record.id(), now -> now.told(CopyRecord.TOLD_LOSS));
  }

  /// The contract is over: frees what the copy takes. What a crash leaves of it is freed at the
  /// next start, because no record knows it.
  void drop(Hash contract) throws IOException, InterruptedException {
    Optional<CopyRecord> record = book.find(contract);
    if (record.isPresent()) {
      book.remove(contract);
      tiles.forget(contract);
      log.dropped(contract);
      if (!record.get().rid().equals(Hash.ZERO)) {
        holdings.plot().free(record.get().rid());
      }
    }
    var upload = holdings.staged(contract);
    if (upload.isPresent()) {
      upload.get().remove();
    }
  }
}
