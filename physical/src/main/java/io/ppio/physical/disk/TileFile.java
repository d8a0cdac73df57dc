package io.ppio.physical.disk;

import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Disk;
import io.ppio.env.Disk.Mode;
import io.ppio.env.DiskFile;
import io.ppio.physical.disk.DiskHealth.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// A preallocated file of tiles of 128 KiB each behind a [TileFileHeader]; tile i is at byte 4096 +
/// i · 131,072.
///
/// The file knows nothing about what is in a tile. Its owner remembers the checksum of each tile it
/// wrote and gives it back for reading. Nothing is durable before [#force] has returned.
///
/// Safe for use by any number of tasks; the owner sees to it that a tile is not read while it is
/// written.
public final class TileFile implements AutoCloseable {
  /// Bytes in a tile.
  public static final int TILE_BYTES = 131_072;

  /// Tiles in a file at most: 128 TiB.
  public static final int TILES_MAX = 1 << 30;

  private final Path path;
  private final TileFileHeader header;
  private final DiskFile file;
  private final DiskHealth health;

  private TileFile(Path path, TileFileHeader header, DiskFile file, DiskHealth health) {
    this.path = path;
    this.header = header;
    this.file = file;
    this.health = health;
  }

  /// Makes the file with all its space; it appears at `path` only when it is whole and durable.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException when there is one
  /// @throws IOException when the space is not there; nothing is left behind then
  public static void create(Disk disk, Path path, TileFileHeader header) throws IOException {
    if (disk.exists(path)) {
      throw new java.nio.file.FileAlreadyExistsException(path.toString());
    }
    Path aside = path.resolveSibling(path.getFileName() + ".new");
    disk.delete(aside);
    boolean done = false;
    try (DiskFile file = disk.open(aside, Mode.CREATE_NEW)) {
      file.allocate(header.fileBytes());
      file.write(ByteBuffer.wrap(header.encode()), 0);
      file.force();
      done = true;
    } finally {
      if (!done) {
        disk.delete(aside);
      }
    }
    disk.move(aside, path);
    Path folder = path.getParent();
    if (folder != null) {
      disk.forceFolder(folder);
    }
  }

  /// Opens the file.
  ///
  /// @throws UnreadableFile when it is corrupt or of another version
  public static TileFile open(Disk disk, Path path, Clock clock) throws IOException {
    DiskFile file = disk.open(path, Mode.READ_WRITE);
    boolean done = false;
    try {
      long size = file.size();
      if (size < TileFileHeader.SIZE) {
        throw new UnreadableFile(path + " is shorter than its header");
      }
      byte[] encoded = new byte[TileFileHeader.SIZE];
      file.readFully(ByteBuffer.wrap(encoded), 0);
      TileFileHeader header = TileFileHeader.decode(encoded, path.toString());
      if (size < header.fileBytes()) {
        throw new UnreadableFile(
            path + " has " + size + " bytes, its header says " + header.fileBytes());
      }
      done = true;
      return new TileFile(path, header, file, new DiskHealth(clock));
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  /// Byte at which tile `index` begins.
  public static long position(int index) {
    return TileFileHeader.SIZE + (long) index * TILE_BYTES;
  }

  /// The checksum of the remaining bytes of `tile`, which are left as they are.
  public static int checksum(ByteBuffer tile) {
    CRC32C crc = new CRC32C();
    crc.update(tile.duplicate());
    return (int) crc.getValue();
  }

  /// Where the file is.
  public Path path() {
    return path;
  }

  /// What the header says.
  public TileFileHeader header() {
    return header;
  }

  /// How the disk does.
  public DiskHealth health() {
    return health;
  }

  /// Reads tile `index` into `target`.
  ///
  /// @param target exactly one tile
  /// @return the checksum of what was read, for the caller to compare with what it remembers
  /// @throws IOException when the disk does not give the bytes
  public int read(int index, byte[] target) throws IOException {
    Check.that(target.length == TILE_BYTES, "a tile has 128 KiB");
    checkIndex(index);
    health.count(Operation.READ, () -> file.readFully(ByteBuffer.wrap(target), position(index)));
    return checksum(ByteBuffer.wrap(target));
  }

  /// Writes tile `index`; durable after the next [#force].
  ///
  /// @param tile exactly one tile remaining; consumed
  /// @throws IOException when the disk does not take it; the tile's content is unknown then
  public void write(int index, ByteBuffer tile) throws IOException {
    Check.that(tile.remaining() == TILE_BYTES, "a tile has 128 KiB");
    checkIndex(index);
    health.count(Operation.WRITE, () -> file.write(tile, position(index)));
  }

  private void checkIndex(int index) {
    Check.range(index, 0, header.tiles() - 1L, "tile");
  }

  /// Waits until all tiles written before are on the medium.
  ///
  /// @throws IOException when they may not be. What was written since the last success may then be
  ///   lost even if a later call succeeds, since systems report a failed write-back once only
  public void force() throws IOException {
    health.count(Operation.FORCE, file::force);
  }

  /// Closes without forcing. Idempotent.
  @Override
  public void close() throws IOException {
    file.close();
  }
}
