package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.object.ObjectCipher;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.env.Backoff;
import io.ppio.env.Env;
import io.ppio.env.Tasks;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.wire.Method;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TransferMeter;
import io.ppio.node.user.task.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// Downloads one object.
///
/// The segments that are missing are covered by channels of this run; four come at once, from
/// different miners where there are such. A segment that is whole and checked is made durable in
/// the part file, then recorded; a single one is made durable with the rename of the file. One for
/// all downloads; safe for concurrent use.
public final class GetJob {
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  private final NodeHost host;
  private final Env env;
  private final ObjectIndex index;
  private final OwnerKeys owner;
  private final IndexerClient indexer;
  private final Duration patience;
  private final KeyHolders holders;
  private final LaneOffers offers;

  /// Receives from now on what miners and key holders send about lanes.
  ///
  /// @param patience how long a download may stand still
  public GetJob(
      NodeHost host, ObjectIndex index, OwnerKeys owner, IndexerClient indexer, Duration patience)
      throws IOException {
    this.host = host;
    this.env = host.env();
    this.index = index;
    this.owner = owner;
    this.indexer = indexer;
    this.patience = patience;
    this.holders = new KeyHolders(host, BeaconFollower.start(host));
    this.offers = new LaneOffers(env.clock());
    host.services().add(Method.LANE, offers);
  }

  /// Downloads what `task` says.
  public Job.Outcome run(TaskRecord task, Job.Progress progress)
      throws UserFailure, InterruptedException {
    long start = env.clock().nanos();
    GetSettings settings = GetSettings.of(task);
    StoredObject stored =
        index
            .stored(settings.objectId())
            .filter(object -> !object.segments().isEmpty())
            .orElseThrow(() -> new UserFailure(Code.OBJECT_NOT_FOUND));
    Path target = Path.of(task.place().path());
    try (ObjectKey key = owner.open(stored.key());
        PartFile part = PartFile.open(env.disk(), target, task.idText())) {
      GetJournal journal = new GetJournal(host.store(), task.id());
      new Run(settings, stored, new Target(key, part, journal), progress).run();
      part.publish(settings.length());
    }
    new UserLog(env.log())
        .objectFetched(settings.objectId(), Duration.ofNanos(env.clock().nanos() - start));
    return Job.Outcome.done();
  }

  /// Where the plaintext goes, and what is recorded about it.
  private record Target(ObjectKey key, PartFile part, GetJournal journal) {}

  /// One download.
  private final class Run {
    private final GetSettings settings;
    private final StoredObject stored;
    private final Target target;
    private final ObjectLayout layout;
    private final TransferMeter meter;
    private final CopySelector sources;

    private Run(GetSettings settings, StoredObject stored, Target target, Job.Progress progress) {
      this.settings = settings;
      this.stored = stored;
      this.target = target;
      this.layout = new ObjectLayout(settings.length(), host.genesis().parameters().segmentBytes());
      this.meter = new TransferMeter(env.clock(), progress, layout, patience);
      this.sources = new CopySelector(env, indexer, index, stored.id());
    }

    private void run() throws UserFailure, InterruptedException {
      List<Integer> missing = missing();
      for (int from = 0; from < missing.size(); from += DownloadOpen.SEGMENTS_MAX) {
        List<Integer> some =
            missing.subList(from, Math.min(missing.size(), from + DownloadOpen.SEGMENTS_MAX));
        Channels channels = new Channels(host, owner, indexer, holders, target.journal());
        open(channels, some);
        try {
          Workers.ofSegments(env)
              .each(some, UserFailure.class, segment -> fetch(channels, segment));
        } finally {
          channels.forget(offers);
        }
        host.tasks().serve("receipts", channels::settle);
      }
    }

    private List<Integer> missing() {
      BitSet done = target.journal().done();
      if (!target.part().kept() && !done.isEmpty()) {
        target.journal().restart();
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
    private void open(Channels channels, List<Integer> wanted)
        throws UserFailure, InterruptedException {
      Map<Integer, Hash> hashes = new LinkedHashMap<>();
      List<SegmentEntry> entries = new ArrayList<>();
      for (int segment : wanted) {
        StoredObject.Segment each = stored.segments().get(segment);
        hashes.put(segment, each.chunkHash());
        entries.add(new SegmentEntry(each.chunkHash(), Tile.count(each.size()), each.root()));
      }
      try (Tasks scope = env.tasks("locate")) {
        scope.fork("locate", () -> sources.locate(hashes));
        channels.open(entries, settings.chiprice());
        scope.join();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case UserFailure failure -> throw failure;
          case RuntimeException bug -> throw bug;
          case null, default -> throw new IllegalStateException("locating failed oddly", e);
        }
      }
    }

    private void fetch(Channels channels, int segment) throws UserFailure, InterruptedException {
      List<Hash> roots = index.tileRoots(stored.id(), segment);
      ObjectCipher cipher = new ObjectCipher(target.key());
      SegmentWriter.Place place =
          new SegmentWriter.Place(segment, layout.offset(segment), stored.segments().get(segment));
      fetch(channels, () -> new SegmentWriter(place, roots, cipher, target.part(), meter));
      if (layout.segments() > 1) {
        target.part().force();
        target.journal().complete(segment);
      }
      meter.done(segment);
    }

    /// Fetches a segment from one miner after the other until it is whole.
    ///
    /// @param fresh begins to write the segment
    private void fetch(Channels channels, Supplier<SegmentWriter> fresh)
        throws UserFailure, InterruptedException {
      SegmentWriter writer = fresh.get();
      Backoff retry = RETRY;
      while (true) {
        Channel channel = channels.newest();
        Optional<CopySelector.Source> source = sources.take(writer.segment(), channel::grants);
        if (source.isEmpty()) {
          pause(writer, retry);
          channels.widen(sources.miners(writer.segment()));
          retry = retry.next();
          continue;
        }
        try {
          if (attempt(channel, source.get(), writer)) {
            return;
          }
        } finally {
          sources.release(source.get());
        }
        if (writer.next() == writer.pieces()) {
          // It is wrong somewhere, and without the tile roots nobody knows where.
          writer = fresh.get();
          meter.again(writer.segment());
        }
      }
    }

    /// @return whether the segment is whole and right
    private boolean attempt(Channel channel, CopySelector.Source source, SegmentWriter writer)
        throws UserFailure, InterruptedException {
      try {
        new LaneDownload(host, offers, channel, source.miner(), writer).run();
        if (!writer.complete()) {
          throw new LaneFailed(Trouble.CORRUPT, "the segment is not the one that was stored");
        }
        sources.served(source);
        return true;
      } catch (LaneFailed e) {
        sources.failed(source, e);
        return false;
      }
    }

    /// Waits a little, then asks anew where the segment is; miners that failed get another chance.
    private void pause(SegmentWriter writer, Backoff retry)
        throws UserFailure, InterruptedException {
      if (meter.stands()) {
        throw new UserFailure(Code.TIMEOUT, "timeout: no miner serves segment " + writer.segment());
      }
      env.clock().sleep(retry.pause());
      sources.forgive();
      sources.locate(Map.of(writer.segment(), writer.wanted().chunkHash()));
    }
  }
}
