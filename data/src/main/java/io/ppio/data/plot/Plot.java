package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.plot.PlotRecords.PlotRecord;
import io.ppio.data.segment.TileRead;
import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.FolderLock;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.physical.disk.DiskHealth;
import io.ppio.physical.disk.DurableFolder;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.Quota.Use;
import io.ppio.physical.disk.QuotaExceeded;
import io.ppio.physical.disk.Rollback;
import io.ppio.physical.disk.TileFile;
import io.ppio.physical.disk.TileFileHeader;
import io.ppio.physical.disk.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A miner's virtual drive: a folder with `plot.dat`, a [TileFile], and `meta/`, a store with the
/// records of [PlotRecords].
///
/// How a segment is stored (data and proofs specification 1.7):
///
/// | step | who | what | durable |
/// |---|---|---|---|
/// | 1 | [#reserve] | tiles become RESERVED | no, and need not be: see below |
/// | 2 | [Reservation#write] | sealed tiles are written | no |
/// | 3 | [Reservation#commit] | force of `plot.dat`, one for all who wait | tiles |
/// | 4 | [Reservation#commit] | one synced transaction: segment, tiles, states DATA | segment |
/// | 5 | the caller | acknowledges | |
///
/// A crash before 4 leaves RESERVED tiles, or, when even that record was lost, tiles that look
/// untouched; both are allocated again and nothing refers to their content. Labels that were
/// overwritten without a record are found by the scrub. After 4 every tile was forced before.
///
/// The space is counted in the quota while the plot is open: the file, and an upper bound for the
/// store.
///
/// Safe for use by any number of tasks. A tile of a stored segment is never written, so readers and
/// writers do not wait for each other.
public final class Plot implements AutoCloseable {
  private static final String FILE = "plot.dat";
  private static final String RECORDS = "meta";

  /// Upper bound of the store: a tile's record with its share of the segment's is under 120 bytes,
  /// stored up to four times while levels are merged.
  private static final long RECORD_BYTES_A_TILE = 512;

  /// Logs and tables of a store that holds next to nothing.
  private static final long RECORD_BYTES = 32L << 20;

  /// A segment is freed and stored again at other tiles while it is read, this often in a row.
  private static final int READ_ATTEMPTS = 3;

  private final Clock clock;
  private final PlotLog log;
  private final FolderLock lock;
  private final PlotStore store;
  private final TileFile file;
  private final Quota quota;
  private final PlotTiles tiles;
  private final GroupCommit commits;
  private final Recovery recovery;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Plot(Env env, Opened opened, Quota quota) throws IOException {
    this.clock = env.clock();
    this.log = new PlotLog(env.log(), opened.folder);
    this.lock = opened.lock;
    this.store = opened.store;
    this.file = opened.file;
    this.quota = quota;
    this.tiles = new PlotTiles(file.header().tiles());
    this.commits = new GroupCommit(file, store.store(), clock);
    this.recovery = new PlotStart(store, file, tiles).run();
    recovery.damaged().forEach(log::damagedAtStart);
    log.opened(recovery, tiles.usage());
  }

  private record Opened(Path folder, FolderLock lock, PlotStore store, TileFile file) {}

  /// Makes a plot in `folder` and opens it. One whose making was interrupted is made anew.
  ///
  /// @throws FileAlreadyExistsException when there is one
  /// @throws QuotaExceeded when it does not fit into the quota
  /// @throws IOException when the disk has not the space; no plot is there then
  public static Plot create(Env env, Path folder, TileFileHeader header, Quota quota)
      throws IOException {
    long bytes = header.fileBytes() + recordBytes(header);
    if (bytes > quota.free()) {
      throw new QuotaExceeded("the plot in " + folder, bytes, quota.free());
    }
    Disk disk = env.disk();
    DurableFolder.create(disk, folder);
    try (FolderLock _ = disk.lock(folder);
        PlotStore store = openRecords(disk, folder)) {
      if (store.plot().filter(PlotRecord::ready).isPresent()) {
        throw new FileAlreadyExistsException(folder.toString());
      }
      Hash id = new Hash(header.id());
      store.put(new PlotRecord(id, header.tiles(), false));
      disk.delete(folder.resolve(FILE));
      TileFile.create(disk, folder.resolve(FILE), header);
      store.put(new PlotRecord(id, header.tiles(), true));
    }
    return open(env, folder, quota);
  }

  private static PlotStore openRecords(Disk disk, Path folder) throws IOException {
    Path records = folder.resolve(RECORDS);
    return new PlotStore(records, disk.openStore(records));
  }

  private static long recordBytes(TileFileHeader header) {
    return RECORD_BYTES + RECORD_BYTES_A_TILE * header.tiles();
  }

  /// Opens the plot in `folder`: frees what was reserved and checks what was committed last; see
  /// [#recovery].
  ///
  /// @throws NoSuchFileException when there is none, or its making was interrupted
  /// @throws UnreadableFile when it is corrupt or of another version
  /// @throws io.ppio.env.FolderInUse when another process has it
  /// @throws QuotaExceeded when it does not fit into the quota
  public static Plot open(Env env, Path folder, Quota quota) throws IOException {
    Disk disk = env.disk();
    if (!disk.exists(folder.resolve(RECORDS))) {
      throw new NoSuchFileException(folder.toString(), null, "no plot");
    }
    try (Rollback opening = new Rollback()) {
      FolderLock lock = disk.lock(folder);
      opening.undoWith(lock::close);
      PlotStore store = openRecords(disk, folder);
      opening.undoWith(store::close);
      TileFile file = openFile(env, folder, store);
      opening.undoWith(file::close);
      String what = "the plot in " + folder;
      opening.take(quota, Use.PLOT, file.header().fileBytes(), what);
      opening.take(quota, Use.METADATA, recordBytes(file.header()), what);
      Plot plot = new Plot(env, new Opened(folder, lock, store, file), quota);
      opening.done();
      return plot;
    }
  }

  private static TileFile openFile(Env env, Path folder, PlotStore store) throws IOException {
    Path path = folder.resolve(FILE);
    Optional<PlotRecord> record = store.plot();
    if (record.isEmpty() && env.disk().exists(path)) {
      throw new UnreadableFile(path + " has lost its records");
    }
    if (record.filter(PlotRecord::ready).isEmpty()) {
      throw new NoSuchFileException(folder.toString(), null, "no finished plot");
    }
    if (!env.disk().exists(path)) {
      throw new UnreadableFile(path + " is gone, its records are there");
    }
    TileFile file = TileFile.open(env.disk(), path, env.clock());
    PlotRecord plot = record.get();
    if (!file.header().id().equals(plot.id().bytes()) || file.header().tiles() != plot.tiles()) {
      file.close();
      throw new UnreadableFile(path + " belongs to another plot than its records");
    }
    return file;
  }

  /// What the file's header says: id, owner, sizes.
  public TileFileHeader header() {
    return file.header();
  }

  /// The identity of this plot.
  public Hash id() {
    return new Hash(header().id());
  }

  /// What opening it found.
  public Recovery recovery() {
    return recovery;
  }

  /// How many tiles are in which state. Costs no access to the disk.
  public PlotUsage usage() {
    return tiles.usage();
  }

  /// How the disk does.
  public DiskHealth health() {
    return file.health();
  }

  /// Why it takes no more changes until it is opened again; empty while it takes them.
  public Optional<IOException> failure() {
    return commits.failure();
  }

  Clock clock() {
    return clock;
  }

  PlotStore store() {
    return store;
  }

  PlotTiles tiles() {
    return tiles;
  }

  /// Promises `count` tiles to a segment that is about to be written.
  ///
  /// @param count 1 to [Segment#TILES_MAX]
  /// @return empty when fewer are free
  public Optional<Reservation> reserve(int count) throws IOException {
    Check.range(count, 1, Segment.TILES_MAX, "count");
    commits.checkWritable();
    Optional<List<Extent>> extents = tiles.reserve(count);
    if (extents.isEmpty()) {
      return Optional.empty();
    }
    store.checkMayBecome(extents.get(), TileState.RESERVED);
    StoreBatch batch = new StoreBatch();
    PlotStore.putTiles(batch, extents.get(), TileState.RESERVED);
    commitUnsynced(batch);
    return Optional.of(new Reservation(this, extents.get()));
  }

  private void commitUnsynced(StoreBatch batch) throws IOException {
    try {
      store.commit(batch, Durability.UNSYNCED);
    } catch (IOException e) {
      commits.fail(e);
      throw e;
    }
  }

  void writeTile(int index, ByteBuffer content) throws IOException {
    commits.checkWritable();
    try {
      file.write(index, content.duplicate());
    } catch (IOException _) {
      // Counted in the file's health. One failure may pass; two in a row mean a bad tile.
      writeTileAgain(index, content);
    }
  }

  private void writeTileAgain(int index, ByteBuffer content) throws IOException {
    try {
      file.write(index, content);
    } catch (IOException e) {
      tiles.failed(index);
      throw e;
    }
  }

  boolean commit(GroupCommit.Change change) throws IOException, InterruptedException {
    return commits.submit(change);
  }

  void abandon(List<Extent> extents) throws IOException {
    if (commits.failure().isPresent()) {
      return;
    }
    PlotTiles.Fate fate = tiles.fate(extents);
    StoreBatch batch = new StoreBatch();
    PlotStore.putTiles(batch, fate.freed(), TileState.FREED);
    PlotStore.putTiles(batch, fate.bad(), TileState.BAD);
    commitUnsynced(batch);
    tiles.released(TileState.RESERVED, fate);
  }

  /// The record of segment `rid`.
  public Optional<Segment> segment(Hash rid) throws IOException {
    return store.segment(rid);
  }

  /// Sees one segment of a scan.
  @FunctionalInterface
  public interface SegmentVisitor {
    /// @return whether to go on
    boolean see(Segment segment) throws IOException;
  }

  /// Calls `visitor` for each segment in order of rid, as of the moment of the call.
  public void scan(SegmentVisitor visitor) throws IOException {
    store.segments(visitor::see);
  }

  /// The tile roots of segment `rid` in order, the leaves of its RT; empty when it is not here.
  public Optional<List<Hash>> tileRoots(Hash rid) throws IOException {
    Optional<Segment> segment = store.segment(rid);
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    Hash[] roots = new Hash[segment.get().tiles()];
    for (int tile = 0; tile < roots.length; tile++) {
      Optional<TileRecord.Held> held = held(segment.get(), tile);
      if (held.isEmpty()) {
        return Optional.empty();
      }
      roots[tile] = held.get().root();
    }
    return Optional.of(List.of(roots));
  }

  private Optional<TileRecord.Held> held(Segment segment, int tile) throws IOException {
    return store
        .tile(segment.indexOf(tile))
        .filter(TileRecord.Held.class::isInstance)
        .map(TileRecord.Held.class::cast)
        .filter(held -> held.rid().equals(segment.replica().rid()) && held.tile() == tile);
  }

  /// Reads tile `tile` of segment `rid` and checks its checksum.
  ///
  /// @param tile from 0
  /// @param target exactly one tile; its content is only good after [TileRead.Intact]
  /// @throws IOException when the records cannot be read
  public TileRead read(Hash rid, int tile, byte[] target) throws IOException {
    TileRead last = new TileRead.Absent();
    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      Optional<Segment> segment = store.segment(rid);
      if (segment.isEmpty() || tile < 0 || tile >= segment.get().tiles()) {
        return new TileRead.Absent();
      }
      Optional<TileRecord.Held> held = held(segment.get(), tile);
      if (held.isEmpty()) {
        last = new TileRead.Damaged(segment.get().indexOf(tile));
        continue;
      }
      last = read(segment.get().indexOf(tile), held.get(), target);
      // The segment may have ended meanwhile, and its tiles may hold another one.
      if (last instanceof TileRead.Intact || store.segment(rid).equals(segment)) {
        break;
      }
    }
    if (!(last instanceof TileRead.Intact)) {
      log.damagedTile(rid, last);
    }
    return last;
  }

  private TileRead read(int index, TileRecord.Held held, byte[] target) {
    try {
      return outcome(index, held, target);
    } catch (IOException _) {
      // As for writing: two failures in a row mean a bad tile.
      return readAgain(index, held, target);
    }
  }

  private TileRead outcome(int index, TileRecord.Held held, byte[] target) throws IOException {
    return file.read(index, target) == held.crc32c()
        ? new TileRead.Intact(held.root())
        : new TileRead.Damaged(index);
  }

  private TileRead readAgain(int index, TileRecord.Held held, byte[] target) {
    try {
      return outcome(index, held, target);
    } catch (IOException e) {
      tiles.failed(index);
      return new TileRead.Unreadable(index, String.valueOf(e.getMessage()));
    }
  }

  /// Records that the first proof of segment `rid` was accepted; durable when it returns.
  ///
  /// @return false when there is no such segment or it is active already
  public boolean activate(Hash rid) throws IOException, InterruptedException {
    return commit(new Activating(rid, Instant.ofEpochMilli(clock.wallMillis())));
  }

  /// Ends segment `rid`; durable when it returns. Its tiles can be allocated again, and are
  /// overwritten then or by the scrub.
  ///
  /// @return false when there is no such segment
  public boolean free(Hash rid) throws IOException, InterruptedException {
    return commit(new Freeing(rid));
  }

  private final class Activating implements GroupCommit.Change {
    private final Hash rid;
    private final Instant now;

    Activating(Hash rid, Instant now) {
      this.rid = rid;
      this.now = now;
    }

    @Override
    public Hash rid() {
      return rid;
    }

    @Override
    public boolean wroteTiles() {
      return false;
    }

    @Override
    public boolean addTo(StoreBatch batch) throws IOException {
      Optional<Segment> sealed =
          store.segment(rid).filter(segment -> segment.state() == SegmentState.SEALED);
      sealed.ifPresent(segment ->
          batch.put(PlotRecords.segmentKey(rid), PlotRecords.encode(segment.activated(now))));
      return sealed.isPresent();
    }

    @Override
    public void applied() {}
  }

  private final class Freeing implements GroupCommit.Change {
    private final Hash rid;
    private PlotTiles.Fate fate = new PlotTiles.Fate(List.of(), List.of());

    Freeing(Hash rid) {
      this.rid = rid;
    }

    @Override
    public Hash rid() {
      return rid;
    }

    @Override
    public boolean wroteTiles() {
      return false;
    }

    @Override
    public boolean addTo(StoreBatch batch) throws IOException {
      Optional<Segment> segment = store.segment(rid);
      if (segment.isEmpty()) {
        return false;
      }
      store.checkMayBecome(segment.get().extents(), TileState.FREED);
      fate = tiles.fate(segment.get().extents());
      batch.delete(PlotRecords.segmentKey(rid));
      PlotStore.putTiles(batch, fate.freed(), TileState.FREED);
      PlotStore.putTiles(batch, fate.bad(), TileState.BAD);
      return true;
    }

    @Override
    public void applied() {
      tiles.released(TileState.DATA, fate);
    }
  }

  /// Closes files and gives the space back to the quota; what was committed stays. Tasks still
  /// using the plot fail.
  @Override
  public void close() throws IOException {
    commits.fail(new IOException("it was closed"));
    if (closed.getAndSet(true)) {
      return;
    }
    try (FolderLock _ = lock;
        PlotStore _ = store;
        TileFile _ = file) {
      quota.give(Use.PLOT, header().fileBytes());
      quota.give(Use.METADATA, recordBytes(header()));
    }
  }
}
