package io.ppio.data.staging;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.data.plot.Segment;
import io.ppio.data.staging.StageBegin.Accepted;
import io.ppio.data.staging.StageBegin.Reason;
import io.ppio.data.staging.StageBegin.Refused;
import io.ppio.data.staging.StagingRecords.Stage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Disk.Mode;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.physical.disk.DurableFolder;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.Quota.Use;
import io.ppio.physical.disk.TileFile;
import io.ppio.physical.disk.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Unsealed segments: one file a segment, named by the hexadecimal upload id and `.stage`, with
/// tile i at byte i · 131,072; and one record each, see [StagingRecords].
///
/// | moment | on disk |
/// |---|---|
/// | begin | the file, nothing forced, no record |
/// | every 64 tiles, or when asked | file and folder forced, then the record with what was received |
/// | staged | file and folder forced, then the record, synced; StageAck after that |
/// | removed | record gone, synced, then the file |
///
/// At start a file without a record is deleted: its upload has nothing that was promised to last. A
/// record goes before its file so that no later upload of the same id meets an old record.
///
/// Each upload counts in the quota with all tiles it has room for. The space of an unfinished one
/// is kept for 10 minutes after the last tile came, or it was begun again or asked to be staged.
///
/// The store may be shared: keys that begin with the bytes 1 and `U` belong to staging. Nothing
/// else may be in the folder. Safe for use by any number of tasks.
public final class Staging implements AutoCloseable {
  /// How long an unfinished upload keeps its space when nothing comes (network specification 8.2).
  public static final Duration RESERVATION = Duration.ofMinutes(10);

  /// Each has an open file; operating systems allow 1,024 and more a process.
  private static final int RECEIVING_MAX = 256;

  /// A record with 128 checksums and roots, stored up to three times while a store merges levels.
  private static final long RECORD_BYTES = 16 << 10;

  private static final String SUFFIX = ".stage";

  private final Env env;
  private final StagingLog log;
  private final Path folder;
  private final Store store;
  private final Quota quota;

  /// Guards the map.
  private final ReentrantLock lock = new ReentrantLock();

  private final TreeMap<Bytes, Upload> uploads = new TreeMap<>();

  private Staging(Env env, Path folder, Store store, Quota quota) {
    this.env = env;
    this.log = new StagingLog(env.log(), folder);
    this.folder = folder;
    this.store = store;
    this.quota = quota;
  }

  /// Opens staging in `folder`, which is made if absent, and finds what was there.
  ///
  /// Complete segments are kept even where they exceed a quota that was lowered.
  public static Staging open(Env env, Path folder, Store store, Quota quota) throws IOException {
    DurableFolder.create(env.disk(), folder);
    Staging staging = new Staging(env, folder, store, quota);
    boolean done = false;
    try {
      staging.recover();
      done = true;
    } finally {
      if (!done) {
        staging.close();
      }
    }
    return staging;
  }

  private void recover() throws IOException {
    TreeMap<Bytes, Stage> records = new TreeMap<>();
    store.scan(
        StagingRecords.from(),
        StagingRecords.to(),
        (key, value) -> {
          try {
            records.put(StagingRecords.id(key), StagingRecords.decode(value));
          } catch (MalformedMessage e) {
            throw new UnreadableFile(folder + " has a bad record: " + e.getMessage());
          }
          return true;
        });
    int dropped = deleteUnrecorded(records);
    StoreBatch gone = new StoreBatch();
    for (var entry : records.entrySet()) {
      Path path = path(entry.getKey());
      if (env.disk().exists(path)) {
        resume(entry.getKey(), path, entry.getValue());
      } else {
        gone.delete(StagingRecords.key(entry.getKey()));
        log.fileMissing(entry.getKey().hex());
      }
    }
    commit(gone, Durability.SYNCED);
    log.opened(uploads.size(), dropped);
  }

  private int deleteUnrecorded(Map<Bytes, Stage> records) throws IOException {
    int deleted = 0;
    for (Path path : env.disk().list(folder)) {
      boolean known = records.keySet().stream().map(this::path).anyMatch(path::equals);
      if (!known && path.toString().endsWith(SUFFIX)) {
        env.disk().delete(path);
        deleted++;
      }
    }
    return deleted;
  }

  private void resume(Bytes id, Path path, Stage stage) throws IOException {
    Upload upload = new Upload(this, id, path, stage);
    quota.charge(Use.STAGING, bytes(stage.tiles()));
    uploads.put(id, upload);
    if (!stage.staged()) {
      upload.receiveInto(env.disk().open(path, Mode.READ_WRITE), true);
    }
  }

  private void commit(StoreBatch batch, Durability durability) throws IOException {
    if (!batch.isEmpty() && !store.commit(batch, durability)) {
      throw new IllegalStateException("a batch without expectations is always applied");
    }
  }

  private Path path(Bytes id) {
    return folder.resolve(id.hex() + SUFFIX);
  }

  private static long bytes(int tiles) {
    return (long) tiles * TileFile.TILE_BYTES + RECORD_BYTES;
  }

  Clock clock() {
    return env.clock();
  }

  Deadline newReservation() {
    return clock().in(RESERVATION);
  }

  /// Reserves space for a segment, or finds the upload that has this id.
  ///
  /// @param id 1 to 32 bytes
  /// @param tiles 1 to [Segment#TILES_MAX]
  public StageBegin begin(Bytes id, int tiles) throws IOException, InterruptedException {
    Check.range(id.size(), 1, StagingRecords.ID_MAX_BYTES, "bytes of an upload id");
    Check.range(tiles, 1, Segment.TILES_MAX, "tiles");
    StageBegin first = tryBegin(id, tiles);
    if (first instanceof Refused && !expire().isEmpty()) {
      return tryBegin(id, tiles);
    }
    return first;
  }

  private StageBegin tryBegin(Bytes id, int tiles) throws IOException {
    if (find(id).isEmpty() && !hasRoomOnDisk(tiles)) {
      return new Refused(Reason.DISK_FULL);
    }
    Upload upload;
    lock.lock();
    try {
      Upload known = uploads.get(id);
      if (known != null) {
        return again(known, tiles);
      }
      long receiving =
          uploads.values().stream().filter(u -> u.state() == Upload.State.RECEIVING).count();
      if (receiving >= RECEIVING_MAX) {
        return new Refused(Reason.TOO_MANY);
      }
      if (!quota.take(Use.STAGING, bytes(tiles))) {
        return new Refused(Reason.QUOTA);
      }
      upload = new Upload(this, id, path(id), new Stage(tiles, false, new TreeMap<>()));
      uploads.put(id, upload);
    } finally {
      lock.unlock();
    }
    return createFile(upload);
  }

  private static StageBegin again(Upload known, int tiles) {
    return known.tiles() == tiles && known.reopen()
        ? new Accepted(known)
        : new Refused(Reason.CONFLICT);
  }

  private boolean hasRoomOnDisk(int tiles) throws IOException {
    long promised = uploads().stream().mapToLong(Upload::missingBytes).sum();
    return env.disk().usableBytes(folder) - promised >= bytes(tiles);
  }

  private StageBegin createFile(Upload upload) throws IOException {
    boolean done = false;
    try {
      DiskFile file = env.disk().open(path(upload.id()), Mode.CREATE_NEW);
      upload.receiveInto(file, false);
      done = true;
      return new Accepted(upload);
    } finally {
      if (!done) {
        forget(upload);
      }
    }
  }

  private void forget(Upload upload) {
    lock.lock();
    try {
      uploads.remove(upload.id());
    } finally {
      lock.unlock();
    }
    quota.give(Use.STAGING, bytes(upload.tiles()));
  }

  /// The upload with this id.
  public Optional<Upload> find(Bytes id) {
    lock.lock();
    try {
      return Optional.ofNullable(uploads.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// All uploads in order of id.
  public List<Upload> uploads() {
    lock.lock();
    try {
      return List.copyOf(uploads.values());
    } finally {
      lock.unlock();
    }
  }

  /// Removes unfinished uploads whose reservation has ended. To be called now and then; [#begin]
  /// does it when space is short.
  ///
  /// @return their ids
  public List<Bytes> expire() throws IOException, InterruptedException {
    List<Bytes> expired = new ArrayList<>();
    for (Upload upload : uploads()) {
      if (upload.removeIfExpired()) {
        expired.add(upload.id());
        log.uploadExpired(upload.id().hex());
      }
    }
    return expired;
  }

  // What uploads ask for.

  void record(Bytes id, Stage stage, boolean synced) throws IOException {
    commit(
        new StoreBatch().put(StagingRecords.key(id), StagingRecords.encode(stage)),
        synced ? Durability.SYNCED : Durability.UNSYNCED);
  }

  void forceFolder() throws IOException {
    env.disk().forceFolder(folder);
  }

  DiskFile openForReading(Path path) throws IOException {
    return env.disk().open(path, Mode.READ);
  }

  void delete(Upload upload, Path path) throws IOException {
    Bytes key = StagingRecords.key(upload.id());
    if (store.get(key).isPresent()) {
      commit(new StoreBatch().delete(key), Durability.SYNCED);
    }
    env.disk().delete(path);
    forget(upload);
  }

  /// Closes the files and gives the space back to the quota; what was staged stays, and the store
  /// is left open. Idempotent.
  @Override
  public void close() throws IOException {
    for (Upload upload : uploads()) {
      upload.close();
      forget(upload);
    }
  }
}
