package io.ppio.node.user.task;

import io.ppio.data.object.ObjectLayout;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// How far the transfer of one object is, counted in bytes of the object, and when it last moved.
/// Safe for concurrent use.
public final class TransferMeter {
  private final Clock clock;
  private final Monitor monitor;
  private final Job.Progress progress;
  private final ObjectLayout layout;
  private final Duration patience;
  private final BitSet done = new BitSet();
  private final Map<Integer, Long> open = new HashMap<>();
  private long bytes;
  private long movedNanos;

  /// @param patience how long a transfer may stand still
  public TransferMeter(Clock clock, Job.Progress progress, ObjectLayout layout, Duration patience) {
    this.patience = patience;
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.progress = progress;
    this.layout = layout;
    this.movedNanos = clock.nanos();
    progress.total(layout.segments(), layout.length());
  }

  /// `moved` bytes more of a segment are over; more than its size counts for nothing.
  public void moved(int segment, long moved) {
    update(() -> {
      long before = open.getOrDefault(segment, 0L);
      long now = Math.min(layout.size(segment), before + moved);
      if (!done.get(segment)) {
        open.put(segment, now);
        bytes += now - before;
      }
    });
  }

  /// A segment is complete and durable.
  public void done(int segment) {
    update(() -> {
      if (!done.get(segment)) {
        done.set(segment);
        Long before = open.remove(segment);
        bytes += layout.size(segment) - (before == null ? 0 : before);
      }
    });
  }

  /// A segment begins anew.
  public void again(int segment) {
    try (var _ = monitor.hold()) {
      Long before = open.remove(segment);
      bytes -= before == null ? 0 : before;
      progress.finished(done.cardinality(), bytes);
    }
  }

  private void update(Runnable change) {
    try (var _ = monitor.hold()) {
      change.run();
      movedNanos = clock.nanos();
      progress.finished(done.cardinality(), bytes);
    }
  }

  /// Whether nothing moved for too long.
  public boolean stands() {
    try (var _ = monitor.hold()) {
      return clock.nanos() - movedNanos > patience.toNanos();
    }
  }
}
