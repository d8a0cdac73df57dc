package io.ppio.node.user.get;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.object.ObjectCipher;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.env.Clock;
import io.ppio.env.Tasks;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.SegmentWorkers;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TransferMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Downloads one object.
///
/// The segments that are missing are covered by channels of this run; four come at once, from
/// different miners where there are such. A segment that is whole and checked is made durable in
/// the part file, then recorded; a single one is made durable with the rename of the file.
public final class GetJob implements Job {
  private final AccountTools tools;
  private final TaskRecord task;
  private final LaneOffers offers;
  private final KeyHolders holders;

  public GetJob(AccountTools tools, TaskRecord task, LaneOffers offers, KeyHolders holders) {
    this.tools = tools;
    this.task = task;
    this.offers = offers;
    this.holders = holders;
  }

  @Override
  public void run(Progress progress) throws UserFailure, InterruptedException {
    Clock clock = tools.host().env().clock();
    long start = clock.nanos();
    GetSettings settings = settings();
    StoredObject stored =
        tools
            .index()
            .stored(settings.objectId())
            .filter(object -> !object.segments().isEmpty())
            .orElseThrow(() -> new UserFailure(Code.OBJECT_NOT_FOUND));
    Path target = Path.of(task.path());
    try (ObjectKey key = tools.owner().open(stored.key());
        PartFile part = PartFile.open(tools.host().env().disk(), target, task.idText())) {
      new Run(settings, stored, key, part, progress).run();
      part.publish(settings.length());
    }
    tools.log().objectFetched(settings.objectId(), Duration.ofNanos(clock.nanos() - start));
  }

  private GetSettings settings() {
    try {
      return GetSettings.decode(task.settings());
    } catch (MalformedMessage e) {
      throw new IllegalStateException("damaged settings of a download", e);
    }
  }

  /// One run of the job.
  private final class Run {
    private final GetSettings settings;
    private final StoredObject stored;
    private final ObjectKey key;
    private final PartFile part;
    private final ObjectLayout layout;
    private final GetJournal journal;
    private final TransferMeter meter;
    private final CopySelector sources;
    private final SegmentGet segments;

    private Run(
        GetSettings settings,
        StoredObject stored,
        ObjectKey key,
        PartFile part,
        Progress progress) {
      this.settings = settings;
      this.stored = stored;
      this.key = key;
      this.part = part;
      this.layout =
          new ObjectLayout(settings.length(), tools.host().genesis().parameters().segmentBytes());
      this.journal = new GetJournal(tools.host().store(), task.id());
      this.meter = new TransferMeter(tools.host().env().clock(), progress, layout);
      this.sources = new CopySelector(tools);
      this.segments =
          new SegmentGet(new GetTools(tools, offers, journal, meter), sources, stored.id());
    }

    private void run() throws UserFailure, InterruptedException {
      List<Integer> missing = missing();
      for (int from = 0; from < missing.size(); from += DownloadOpen.SEGMENTS_MAX) {
        List<Integer> some =
            missing.subList(from, Math.min(missing.size(), from + DownloadOpen.SEGMENTS_MAX));
        Channels channels = open(some);
        try {
          SegmentWorkers.each(tools.host().env(), "get", some, segment -> fetch(channels, segment));
        } finally {
          channels.forget(offers);
        }
        tools.host().tasks().serve("receipts", channels::settle);
      }
    }

    private List<Integer> missing() {
      BitSet done = journal.done();
      if (!part.kept() && !done.isEmpty()) {
        journal.restart();
        done.clear();
      }
      done.stream().forEach(meter::done);
      List<Integer> missing = new ArrayList<>();
      for (int segment = 0; segment < layout.segments(); segment++) {
        if (!done.get(segment)) {
          missing.add(segment);
        }
      }
      return missing;
    }

    /// Opens a channel, and learns meanwhile where the segments are.
    private Channels open(List<Integer> wanted) throws UserFailure, InterruptedException {
      Map<Integer, Hash> hashes = new LinkedHashMap<>();
      List<SegmentEntry> entries = new ArrayList<>();
      for (int segment : wanted) {
        StoredObject.Segment each = stored.segments().get(segment);
        hashes.put(segment, each.chunkHash());
        entries.add(new SegmentEntry(each.chunkHash(), Tile.count(each.size()), each.root()));
      }
      try (Tasks scope = tools.host().env().tasks("locate")) {
        scope.fork("locate", () -> sources.locate(hashes));
        Channels channels = Channels.open(tools, holders, entries, settings.chiprice());
        scope.join();
        return channels;
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case UserFailure failure -> throw failure;
          case RuntimeException bug -> throw bug;
          case null, default -> throw new IllegalStateException("locating failed oddly", e);
        }
      }
    }

    private void fetch(Channels channels, int segment) throws UserFailure, InterruptedException {
      List<Hash> roots = tools.index().tileRoots(stored.id(), segment);
      ObjectCipher cipher = new ObjectCipher(key);
      segments.run(
          channels,
          () ->
              new SegmentState(
                  new SegmentState.Place(segment, layout.offset(segment)),
                  stored.segments().get(segment),
                  roots,
                  cipher,
                  part));
      if (layout.segments() > 1) {
        part.force();
        journal.complete(segment);
      }
      meter.done(segment);
    }
  }
}
