package io.ppio.node.user;

import io.ppio.env.Clock;
import io.ppio.env.Env;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
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
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ObjectIndex index;
  private final ObjectStates states;
  private final RefreshJob refresh;
  private final Duration interval;
  private final UserLog log;
  private final Clock clock;
  private final Monitor monitor;
  private final Map<Name, Due> growing = new LinkedHashMap<>();

  /// @param refresh soon gives up an indexer that does not answer, see [#PATIENCE]
  /// @param interval how often all objects are refreshed
  StateSync(
      Env env, ObjectIndex index, ObjectStates states, RefreshJob refresh, Duration interval) {
    this.refresh = refresh;
    this.index = index;
    this.states = states;
    this.interval = interval;
    this.log = new UserLog(env.log());
    this.clock = env.clock();
    this.monitor = new Monitor(clock);
  }

  private record Name(String bucket, String key) {}

  private record Due(long nanos, Duration pause) {}

  /// Refreshes an object soon, and on until it is fully stored.
  void watch(String bucket, String key) {
    put(new Name(bucket, key), new Due(clock.nanos(), TICK));
  }

  private void put(Name name, Due due) {
    try (var _ = monitor.hold()) {
      growing.put(name, due);
    }
  }

  private void remove(Name name) {
    try (var _ = monitor.hold()) {
      growing.remove(name);
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
    try (var _ = monitor.hold()) {
      return growing.entrySet().stream()
          .filter(each -> each.getValue().nanos() - clock.nanos() <= 0)
          .map(each -> Map.entry(each.getKey(), each.getValue()))
          .toList();
    }
  }

  private void refresh(Name name, Due due) throws InterruptedException {
    try {
      IndexEntry before = index.get(name.bucket(), name.key());
      IndexEntry now = refresh.run(before);
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
      log.statesNotRefreshed(name.bucket(), String.valueOf(e.getMessage()));
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
    for (String bucket : index.buckets().names()) {
      List<IndexEntry> entries = new ArrayList<>();
      try {
        index.scan(bucket, "", "", entries::add);
      } catch (UserFailure e) {
        log.statesNotRefreshed(bucket, String.valueOf(e.getMessage()));
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
      refresh.run(entry);
    } catch (UserFailure e) {
      log.statesNotRefreshed(entry.bucket(), String.valueOf(e.getMessage()));
    }
  }
}
