package io.ppio.node.user.put;

import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.env.Env;
import io.ppio.env.StoreBatch;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.SegmentBuffers.Buffer;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TransferMeter;
import io.ppio.node.user.task.Workers;
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
/// One for all uploads; safe for concurrent use.
public final class PutJob {
  /// Segments in memory at once, over all uploads.
  private static final int SEGMENTS_IN_MEMORY = 4;

  private final NodeHost host;
  private final Env env;
  private final ObjectIndex index;
  private final OwnerKeys owner;
  private final IndexerClient indexer;
  private final Duration patience;
  private final int segmentBytes;
  private final SegmentBuffers buffers;
  private final UserLog log;

  /// @param patience how long an upload may stand still
  public PutJob(
      NodeHost host, ObjectIndex index, OwnerKeys owner, IndexerClient indexer, Duration patience) {
    this.host = host;
    this.env = host.env();
    this.index = index;
    this.owner = owner;
    this.indexer = indexer;
    this.patience = patience;
    this.segmentBytes = host.genesis().parameters().segmentBytes();
    this.buffers = new SegmentBuffers(env.clock(), segmentBytes, SEGMENTS_IN_MEMORY);
    this.log = new UserLog(env.log());
  }

  /// Uploads what `task` says.
  public Job.Outcome run(TaskRecord task, Job.Progress progress)
      throws UserFailure, InterruptedException {
    long start = env.clock().nanos();
    PutSettings settings = PutSettings.of(task);
    StoredObject stored =
        index.stored(settings.objectId()).orElseThrow(() -> new UserFailure(Code.OBJECT_NOT_FOUND));
    StoreBatch last = new Run(task, settings, stored, progress).run();
    log.objectStaged(settings.objectId(), Duration.ofNanos(env.clock().nanos() - start));
    return Job.Outcome.stored(last);
  }

  /// One upload.
  private final class Run {
    private final Path path;
    private final PutSettings settings;
    private final StoredObject stored;
    private final ObjectLayout layout;
    private final PutJournal journal;
    private final SegmentOrders orders;
    private final TransferMeter meter;
    private final Map<Integer, StoredObject.Segment> done;

    private Run(TaskRecord task, PutSettings settings, StoredObject stored, Job.Progress progress) {
      this.path = Path.of(task.place().path());
      this.settings = settings;
      this.stored = stored;
      this.layout = new ObjectLayout(settings.length(), segmentBytes);
      this.journal = new PutJournal(host.store(), task.id(), settings.objectId());
      this.orders =
          new SegmentOrders(
              host,
              owner,
              indexer,
              settings,
              new OwnOrders(host.chainId(), owner.account(), settings, stored.profile()));
      this.meter = new TransferMeter(env.clock(), progress, layout, patience);
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
        try (ObjectKey key = owner.open(stored.key());
            SourceFile source = SourceFile.open(env.disk(), path, settings, layout)) {
          if (layout.segments() == 1) {
            last = put(0, key, source);
          } else {
            Workers.ofSegments(env)
                .each(
                    missing,
                    UserFailure.class,
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
      Buffer buffer = buffers.take(layout.tiles(segment));
      boolean clean = false;
      try {
        SegmentBody body = source.read(segment, key, buffer);
        SegmentPut put = new SegmentPut(host, orders, journal, meter, body);
        try {
          put.run();
        } finally {
          clean = put.clean();
        }
        done.put(segment, body.stored());
        meter.done(segment);
        log.segmentStaged(settings.objectId(), segment, settings.awaited());
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
}
