package io.ppio.physical.disk;

import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// What the first 4 KiB of a file of tiles say.
///
/// | bytes | field | |
/// |---|---|---|
/// | 6 | magic | ASCII `PPLOT` and the digit of the version, `1` |
/// | 32 | id | of this file, drawn when it was made |
/// | 32 | owner | the miner it belongs to |
/// | 8 | tiles | N, 1 to 2^30, a multiple of cellTiles |
/// | 4 | cellTiles | tiles in a cell |
/// | 1 | layers | K, layers of a cell's labels |
/// | 4 | crc32c | over the 83 bytes before |
/// | 4009 | zero | |
///
/// Integers are big-endian.
///
/// @param id 32 bytes
/// @param owner 32 bytes
/// @param tiles 1 to [TileFile#TILES_MAX]
/// @param cellTiles a divisor of `tiles`
/// @param layers 0 to 255
public record TileFileHeader(Bytes id, Bytes owner, int tiles, int cellTiles, int layers) {
  /// Bytes in front of the first tile.
  public static final int SIZE = 4096;

  private static final int ID_SIZE = 32;
  private static final byte[] MAGIC = "PPLOT".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = '1';
  private static final int USED = 6 + 2 * ID_SIZE + 8 + 4 + 1 + 4;

  public TileFileHeader {
    Check.size(id, ID_SIZE, "id");
    Check.size(owner, ID_SIZE, "owner");
    Check.range(tiles, 1, TileFile.TILES_MAX, "tiles");
    Check.range(cellTiles, 1, tiles, "cellTiles");
    Check.range(tiles % cellTiles, 0, 0, "tiles beyond the last whole cell");
    Check.range(layers, 0, 255, "layers");
  }

  /// Bytes of a file with this header.
  public long fileBytes() {
    return TileFile.position(tiles);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    out.put(MAGIC).put(VERSION).put(id.buffer()).put(owner.buffer());
    out.putLong(tiles).putInt(cellTiles).put((byte) layers);
    out.putInt(checksum(out.array()));
    return out.array();
  }

  /// @param file what to call the file in an error
  static TileFileHeader decode(byte[] header, String file) throws UnreadableFile {
    Check.that(header.length == SIZE, "a header has 4 KiB");
    ByteBuffer in = ByteBuffer.wrap(header);
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    byte version = in.get();
    if (!java.util.Arrays.equals(magic, MAGIC) || version < '0' || version > '9') {
      throw new UnreadableFile(file + " is no file of tiles");
    }
    if (version != VERSION) {
      throw new UnreadableFile(
          file + " has format " + (char) version + ", this program reads " + (char) VERSION);
    }
    if (in.getInt(USED - 4) != checksum(header)) {
      throw new UnreadableFile(file + " has a header with a wrong checksum");
    }
    byte[] id = new byte[ID_SIZE];
    byte[] owner = new byte[ID_SIZE];
    in.get(id).get(owner);
    long tiles = in.getLong();
    int cellTiles = in.getInt();
    int layers = in.get() & 0xff;
    if (tiles < 1
        || tiles > TileFile.TILES_MAX
        || cellTiles < 1
        || cellTiles > tiles
        || tiles % cellTiles != 0) {
      throw new UnreadableFile(file + " has an impossible size in its header");
    }
    return new TileFileHeader(Bytes.of(id), Bytes.of(owner), (int) tiles, cellTiles, layers);
  }

  private static int checksum(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, USED - 4);
    return (int) crc.getValue();
  }
}
