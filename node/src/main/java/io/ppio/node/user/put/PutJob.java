package io.ppio.node.user.put;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.env.Clock;
import io.ppio.env.StoreBatch;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.SegmentBuffers.Buffer;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.SegmentWorkers;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TransferMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/// Uploads one object.
///
/// | for each segment, four at once | afterwards durable |
/// |---|---|
/// | read, encrypt, hash | |
/// | order copies | the contracts |
/// | send to two miners (one if one copy is wanted) | at the miners |
/// | collect their acknowledgements | segment complete |
///
/// With the last one the object is complete, and that is stored together with the end of the task.
public final class PutJob implements Job {
  private final AccountTools tools;
  private final TaskRecord task;

  public PutJob(AccountTools tools, TaskRecord task) {
    this.tools = tools;
    this.task = task;
  }

  /// One run of the job.
  private final class Run {
    private final PutSettings settings;
    private final StoredObject stored;
    private final ObjectLayout layout;
    private final PutJournal journal;
    private final SegmentOrders orders;
    private final TransferMeter meter;
    private final Map<Integer, StoredObject.Segment> done;

    private Run(PutSettings settings, StoredObject stored, Progress progress) {
      this.settings = settings;
      this.stored = stored;
      this.layout =
          new ObjectLayout(settings.length(), tools.host().genesis().parameters().segmentBytes());
      this.journal = new PutJournal(tools.host().store(), task.id(), settings.objectId());
      this.orders = new SegmentOrders(tools, settings, stored);
      this.meter = new TransferMeter(tools.host().env().clock(), progress, layout);
      this.done = new ConcurrentSkipListMap<>(journal.done());
      done.keySet().forEach(meter::done);
    }

    /// @return what completes the object
    private StoreBatch run() throws UserFailure, InterruptedException {
      List<Integer> missing =
          IntStream.range(0, layout.segments())
              .filter(segment -> !done.containsKey(segment))
              .boxed()
              .toList();
      StoreBatch last = new StoreBatch();
      if (!missing.isEmpty()) {
        try (ObjectKey key = tools.owner().open(stored.key());
            SourceFile source =
                SourceFile.open(
                    tools.host().env().disk(), Path.of(task.path()), settings, layout)) {
          if (layout.segments() == 1) {
            last = put(0, key, source);
          } else {
            SegmentWorkers.each(
                tools.host().env(),
                "put",
                missing,
                segment -> journal.commit(put(segment, key, source)));
          }
        }
      }
      ObjectIndex.put(last, stored.withSegments(List.copyOf(done.values())));
      return last;
    }

    /// @return what records that the segment is complete
    private StoreBatch put(int segment, ObjectKey key, SourceFile source)
        throws UserFailure, InterruptedException {
      Buffer buffer = tools.buffers().take(layout.tiles(segment));
      boolean clean = false;
      try {
        SegmentBody body = source.read(segment, key, buffer);
        SegmentPut put =
            new SegmentPut(new PutTools(tools, settings, journal, meter), orders, body);
        try {
          put.run();
        } finally {
          clean = put.clean();
        }
        done.put(segment, body.stored());
        meter.done(segment);
        tools.log().segmentStaged(settings.objectId(), segment, settings.awaited());
        return journal.completion(body);
      } finally {
        if (clean) {
          buffer.release();
        } else {
          buffer.abandon();
        }
      }
    }
  }

  @Override
  public void run(Progress progress) throws UserFailure, InterruptedException {
    Clock clock = tools.host().env().clock();
    long start = clock.nanos();
    PutSettings settings = settings();
    StoredObject stored =
        tools
            .index()
            .stored(settings.objectId())
            .orElseThrow(() -> new UserFailure(Code.OBJECT_NOT_FOUND));
    progress.conclude(new Run(settings, stored, progress).run());
    tools.log().objectStaged(settings.objectId(), Duration.ofNanos(clock.nanos() - start));
  }

  private PutSettings settings() {
    try {
      return PutSettings.decode(task.settings());
    } catch (MalformedMessage e) {
      throw new IllegalStateException("damaged settings of an upload", e);
    }
  }
}
