package io.ppio.data.staging;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.data.segment.TileRead;
import io.ppio.data.staging.StagingRecords.Piece;
import io.ppio.data.staging.StagingRecords.Stage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Deadline;
import io.ppio.env.DiskFile;
import io.ppio.env.Permits;
import io.ppio.physical.disk.TileFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One unsealed segment in [Staging]: tiles come in any order, then [#stage] makes the whole
/// durable.
///
/// | state | meaning | to | on |
/// |---|---|---|---|
/// | RECEIVING | tiles are taken | STAGED | all there, root right, forced, recorded |
/// | RECEIVING | | SPOILED | a force failed: what was written is unknown |
/// | any | | GONE | removed |
/// | not STAGED | | GONE | expired or discarded |
///
/// Until STAGED a crash may lose tiles, but never makes the upload claim one that it lost: the
/// record on disk names tiles only after a force that followed their writing ([#checkpoint]).
///
/// Safe for use by any number of tasks. Different tiles are written, and any are read, at once; the
/// calls that change the record come one after the other.
public final class Upload {
  /// How far an upload has come.
  public enum State {
    RECEIVING,
    STAGED,
    /// The disk failed; only removing it is left.
    SPOILED,
    GONE
  }

  /// A resumed upload sends at most 8 MiB again.
  private static final int CHECKPOINT_TILES = 64;

  private final Staging staging;
  private final Bytes id;
  private final Path path;

  /// Held by the one task that changes the record.
  private final Permits changing;

  /// Guards the fields below.
  private final ReentrantLock lock = new ReentrantLock();

  private final TreeMap<Integer, Piece> pieces;
  private final BitSet arriving = new BitSet();
  private final int tiles;
  private int sinceCheckpoint;
  private State state;
  private Deadline reserved;
  private @Nullable DiskFile file;
  private boolean folderForced;
  private boolean removed;

  Upload(Staging staging, Bytes id, Path path, Stage stage) {
    this.staging = staging;
    this.id = id;
    this.path = path;
    this.changing = new Permits(staging.clock(), 1);
    this.pieces = new TreeMap<>(stage.pieces());
    this.tiles = stage.tiles();
    this.state = stage.staged() ? State.STAGED : State.RECEIVING;
    this.reserved = staging.newReservation();
  }

  /// Gives the upload its open file; `folderForced` tells whether the file's name is durable.
  void receiveInto(DiskFile open, boolean nameIsDurable) {
    lock.lock();
    try {
      file = open;
      folderForced = nameIsDurable;
    } finally {
      lock.unlock();
    }
  }

  /// Something that is read or changed while no other task does.
  @FunctionalInterface
  private interface Guarded<T> {
    T run();
  }

  private <T> T guarded(Guarded<T> body) {
    lock.lock();
    try {
      return body.run();
    } finally {
      lock.unlock();
    }
  }

  /// The upload id, or whatever the owner named it by.
  public Bytes id() {
    return id;
  }

  /// Number of tiles it has room for.
  public int tiles() {
    return tiles;
  }

  /// How far it has come.
  public State state() {
    return guarded(() -> state);
  }

  /// One bit for each tile that need not be sent again, the first tile in the highest bit of the
  /// first byte.
  public Bytes received() {
    return guarded(() -> StagingRecords.bitmap(pieces.keySet(), tiles));
  }

  /// Tiles that are still to come, in order.
  public List<Integer> missing() {
    return guarded(
        () -> IntStream.range(0, tiles).filter(tile -> !pieces.containsKey(tile)).boxed().toList());
  }

  /// Until when an unfinished upload keeps its space if nothing more comes.
  public Instant reservedUntil() {
    return staging.clock().wall().plus(guarded(() -> reserved).left());
  }

  /// Finds the upload again: if tiles can come, or all have come, its reservation begins anew.
  ///
  /// @return whether it is so
  boolean reopen() {
    return guarded(() -> {
      boolean open = state == State.STAGED || (state == State.RECEIVING && file != null);
      if (open) {
        reserved = staging.newReservation();
      }
      return open;
    });
  }

  /// Bytes promised and not on the disk yet.
  long missingBytes() {
    return guarded(() -> (long) (tiles - pieces.size()) * TileFile.TILE_BYTES);
  }

  /// The tile roots in order, the leaves of DT.
  ///
  /// @throws IllegalStateException before it is staged
  public List<Hash> roots() {
    return guarded(() -> {
      Check.that(pieces.size() == tiles, "roots of an incomplete upload");
      return pieces.values().stream().map(Piece::root).toList();
    });
  }

  /// Takes tile `tile`, whose root the caller has computed and found to belong to the segment. Not
  /// durable when it returns.
  ///
  /// @param content exactly 128 KiB; consumed if it is new
  /// @return false when the tile is there already, or is being written by another task
  /// @throws IOException when the disk does not take it, or the upload is not RECEIVING; the tile
  ///   does not count as received then
  public boolean write(int tile, ByteBuffer content, Hash root)
      throws IOException, InterruptedException {
    Check.that(content.remaining() == TileFile.TILE_BYTES, "a tile has 128 KiB");
    DiskFile target = startWriting(tile);
    if (target == null) {
      return false;
    }
    boolean done = false;
    try {
      Piece piece = new Piece(TileFile.checksum(content), root);
      target.write(content, position(tile));
      done = true;
      if (finishWriting(tile, piece)) {
        checkpoint();
      }
    } finally {
      if (!done) {
        guarded(() -> {
          arriving.clear(tile);
          return tile;
        });
      }
    }
    return true;
  }

  private static long position(int tile) {
    return (long) tile * TileFile.TILE_BYTES;
  }

  private @Nullable DiskFile startWriting(int tile) throws IOException {
    lock.lock();
    try {
      Check.range(tile, 0, tiles - 1L, "tile");
      if (pieces.containsKey(tile) || arriving.get(tile)) {
        return null;
      }
      DiskFile target = receivingFile();
      arriving.set(tile);
      return target;
    } finally {
      lock.unlock();
    }
  }

  private DiskFile receivingFile() throws IOException {
    DiskFile open = file;
    if (state != State.RECEIVING || open == null) {
      throw new IOException("upload " + id.hex() + " takes no tiles: it is " + state);
    }
    return open;
  }

  /// @return whether it is time to record what was received
  private boolean finishWriting(int tile, Piece piece) {
    return guarded(() -> {
      arriving.clear(tile);
      pieces.put(tile, piece);
      reserved = staging.newReservation();
      return ++sinceCheckpoint >= CHECKPOINT_TILES && pieces.size() < tiles;
    });
  }

  /// Makes durable what was received so far, so that it need not be sent again after a restart.
  public void checkpoint() throws IOException, InterruptedException {
    changing.acquire(1);
    try {
      Stage snapshot = forceAll();
      staging.record(id, snapshot, false);
    } finally {
      changing.release(1);
    }
  }

  /// Forces the file, and returns what was received before that began.
  private Stage forceAll() throws IOException {
    DiskFile open;
    Stage snapshot;
    boolean nameIsDurable;
    lock.lock();
    try {
      open = receivingFile();
      snapshot = new Stage(tiles, false, pieces);
      sinceCheckpoint = 0;
      nameIsDurable = folderForced;
    } finally {
      lock.unlock();
    }
    boolean done = false;
    try {
      open.force();
      if (!nameIsDurable) {
        staging.forceFolder();
      }
      done = true;
    } finally {
      forced(done);
    }
    return snapshot;
  }

  private void forced(boolean done) {
    lock.lock();
    try {
      if (done) {
        folderForced = true;
      } else if (state == State.RECEIVING) {
        // The system reports a failed write-back once; a later force would hide the loss.
        state = State.SPOILED;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Makes the whole segment durable. After [StageResult.Staged] it is found again after any crash,
  /// whole and with this root, until it is removed.
  ///
  /// Order: force of the file, force of its folder, synced record; the caller acknowledges after.
  ///
  /// @param root DT, or RT for a segment that was sealed elsewhere
  /// @throws IOException when it may not be durable
  public StageResult stage(Hash root) throws IOException, InterruptedException {
    changing.acquire(1);
    try {
      int missing =
          guarded(() -> {
            reserved = staging.newReservation();
            return tiles - pieces.size();
          });
      if (missing > 0) {
        return new StageResult.Incomplete(missing);
      }
      Hash found = ListRoot.root(roots());
      if (!found.equals(root)) {
        return new StageResult.OtherRoot(found);
      }
      if (state() != State.STAGED) {
        Stage forced = forceAll();
        staging.record(id, new Stage(forced.tiles(), true, forced.pieces()), true);
        closeAs(State.STAGED);
      }
      return new StageResult.Staged();
    } finally {
      changing.release(1);
    }
  }

  private void closeAs(State next) throws IOException {
    @Nullable DiskFile open;
    lock.lock();
    try {
      state = next;
      open = file;
      file = null;
    } finally {
      lock.unlock();
    }
    if (open != null) {
      open.close();
    }
  }

  /// Reads a received tile and checks its checksum.
  ///
  /// @param tile from 0
  /// @param target exactly one tile; its content is only good after [TileRead.Intact]
  public TileRead read(int tile, byte[] target) {
    Check.that(target.length == TileFile.TILE_BYTES, "a tile has 128 KiB");
    Optional<Piece> piece = guarded(() -> Optional.ofNullable(pieces.get(tile)));
    if (piece.isEmpty()) {
      return new TileRead.Absent();
    }
    try (DiskFile open = staging.openForReading(path)) {
      open.readFully(ByteBuffer.wrap(target), position(tile));
    } catch (NoSuchFileException _) {
      return new TileRead.Absent();
    } catch (IOException e) {
      return new TileRead.Unreadable(tile, String.valueOf(e.getMessage()));
    }
    return TileFile.checksum(ByteBuffer.wrap(target)) == piece.get().crc32c()
        ? new TileRead.Intact(piece.get().root())
        : new TileRead.Damaged(tile);
  }

  /// Removes the upload and gives its space back: aborted, expired, or sealed and proven. Tasks
  /// that read it may still end what they began. Durable when it returns. Idempotent.
  ///
  /// @return false when it was gone already
  public boolean remove() throws IOException, InterruptedException {
    return removeIf(() -> true);
  }

  /// As [#remove], unless it is staged by the time that a [#stage] under way has ended.
  public boolean discard() throws IOException, InterruptedException {
    return removeIf(() -> state != State.STAGED);
  }

  /// As [#discard], unless its reservation lasts or something is coming.
  boolean removeIfExpired() throws IOException, InterruptedException {
    return guarded(this::expired) && removeIf(this::expired);
  }

  private boolean expired() {
    return state != State.STAGED && arriving.isEmpty() && reserved.passed();
  }

  /// Asks `due` when no other change is under way, and from then on nothing can come.
  private boolean removeIf(Guarded<Boolean> due) throws IOException, InterruptedException {
    changing.acquire(1);
    try {
      boolean ending =
          guarded(() -> {
            boolean ends = !removed && due.run();
            state = ends ? State.GONE : state;
            return ends;
          });
      if (!ending) {
        return false;
      }
      closeAs(State.GONE);
      staging.delete(this, path);
      return guarded(() -> removed = true);
    } finally {
      changing.release(1);
    }
  }

  /// Closes the file, deletes nothing.
  void close() throws IOException {
    closeAs(State.GONE);
  }
}
