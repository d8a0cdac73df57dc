package io.ppio.node.user;

import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the states of objects fresh: those that are not fully stored yet about once a second, less
/// often the longer nothing changes; all of them now and then.
///
/// One task runs it; others may name objects.
final class StateSync {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  /// A request that fails is not worth waiting for: the next round comes soon.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AccountTools tools;
  private final ObjectStates states;
  private final Duration interval;
  private final Clock clock;
  private final Monitor monitor;
  private final Map<Name, Due> growing = new LinkedHashMap<>();

  StateSync(AccountTools tools, ObjectStates states, Duration interval) {
    this.tools = tools;
    this.states = states;
    this.interval = interval;
    this.clock = tools.host().env().clock();
    this.monitor = new Monitor(clock);
  }

  private record Name(String bucket, String key) {}

  private record Due(long nanos, Duration pause) {}

  /// Refreshes an object soon, and on until it is fully stored.
  void watch(String bucket, String key) {
    put(new Name(bucket, key), new Due(clock.nanos(), TICK));
  }

  private void put(Name name, Due due) {
    monitor.lock();
    try {
      growing.put(name, due);
    } finally {
      monitor.unlock();
    }
  }

  private void remove(Name name) {
    monitor.lock();
    try {
      growing.remove(name);
    } finally {
      monitor.unlock();
    }
  }

  /// Refreshes for ever.
  void run() throws UserFailure, InterruptedException {
    long nextRound = clock.nanos();
    while (true) {
      if (nextRound - clock.nanos() <= 0) {
        round();
        nextRound = clock.nanos() + interval.toNanos();
      }
      for (Map.Entry<Name, Due> each : due()) {
        refresh(each.getKey(), each.getValue());
      }
      clock.sleep(TICK);
    }
  }

  private List<Map.Entry<Name, Due>> due() {
    monitor.lock();
    try {
      return growing.entrySet().stream()
          .filter(each -> each.getValue().nanos() - clock.nanos() <= 0)
          .map(each -> Map.entry(each.getKey(), each.getValue()))
          .toList();
    } finally {
      monitor.unlock();
    }
  }

  private void refresh(Name name, Due due) throws InterruptedException {
    try {
      IndexEntry before = tools.index().get(name.bucket(), name.key());
      IndexEntry now = states.refresh(before, PATIENCE);
      if (isSettled(states.state(now))) {
        remove(name);
        return;
      }
    } catch (UserFailure e) {
      if (e.code() == UserFailure.Code.OBJECT_KEY_NOT_EXIST
          || e.code() == UserFailure.Code.BUCKET_NOT_EXIST) {
        remove(name);
        return;
      }
      tools.log().statesNotRefreshed(name.bucket(), String.valueOf(e.getMessage()));
    }
    Duration pause = due.pause().multipliedBy(3).dividedBy(2);
    Duration next = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    put(name, new Due(clock.nanos() + due.pause().toNanos(), next));
  }

  private static boolean isSettled(Optional<ObjectState> state) {
    return state.filter(each -> each == ObjectState.BID || each == ObjectState.PART_DEAL).isEmpty();
  }

  /// Goes through all objects; those that are still growing are watched from now on.
  private void round() throws UserFailure, InterruptedException {
    for (String bucket : tools.index().buckets()) {
      List<IndexEntry> entries = new ArrayList<>();
      try {
        tools.index().scan(bucket, "", "", entries::add);
      } catch (UserFailure e) {
        tools.log().statesNotRefreshed(bucket, String.valueOf(e.getMessage()));
      }
      for (IndexEntry entry : entries) {
        refreshInRound(entry);
      }
    }
  }

  private void refreshInRound(IndexEntry entry) throws UserFailure, InterruptedException {
    if (entry.empty()) {
      return;
    }
    if (!isSettled(states.state(entry))) {
      watch(entry.bucket(), entry.key());
      return;
    }
    try {
      states.refresh(entry, PATIENCE);
    } catch (UserFailure e) {
      tools.log().statesNotRefreshed(entry.bucket(), String.valueOf(e.getMessage()));
    }
  }
}
