package io.ppio.data.staging;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.plot.Segment;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/// Keys and values of staging in its store.
///
/// A key is one byte with the version of the layout (1), the byte `U` and the upload id of 1 to 32
/// bytes. A value is canonical protobuf:
///
/// | field | | |
/// |---|---|---|
/// | 1 | tiles u32 | room of the file in tiles |
/// | 2 | staged bool | whether the segment is complete, checked and durable |
/// | 3 | received bytes | one bit a tile, the first tile in the highest bit of the first byte |
/// | 4 | checksums bytes | crc32c u32 of each received tile, ascending |
/// | 5 | roots bytes | tile root of each received tile, ascending |
///
/// Decoders throw [MalformedMessage] and nothing else, whatever the bytes are.
final class StagingRecords {
  static final int ID_MAX_BYTES = 32;
  static final int VERSION = 1;

  private static final char TABLE = 'U';
  private static final int BITMAP_MAX_BYTES = Segment.TILES_MAX / Byte.SIZE;

  private StagingRecords() {}

  /// What is known about one received tile.
  record Piece(int crc32c, Hash root) {}

  /// An upload as it is on disk.
  ///
  /// @param tiles room of the file
  /// @param staged whether it is complete and acknowledged
  /// @param pieces the tiles that are durable in the file
  record Stage(int tiles, boolean staged, TreeMap<Integer, Piece> pieces) {
    public Stage {
      pieces = new TreeMap<>(pieces);
      Check.range(tiles, 1, Segment.TILES_MAX, "tiles");
      Check.that(pieces.isEmpty() || pieces.lastKey() < tiles, "pieces inside the file");
      Check.that(!staged || pieces.size() == tiles, "a staged segment is whole");
    }
  }

  static Bytes key(Bytes id) {
    Check.range(id.size(), 1, ID_MAX_BYTES, "bytes of an upload id");
    ByteBuffer out = ByteBuffer.allocate(2 + id.size());
    return Bytes.of(out.put((byte) VERSION).put((byte) TABLE).put(id.buffer()).array());
  }

  static Bytes from() {
    return Bytes.of((byte) VERSION, (byte) TABLE);
  }

  static Bytes to() {
    return Bytes.of((byte) VERSION, (byte) (TABLE + 1));
  }

  static Bytes id(Bytes key) throws MalformedMessage {
    if (key.size() < 3 || key.size() > 2 + ID_MAX_BYTES) {
      throw new MalformedMessage("no key of an upload");
    }
    return key.slice(2, key.size());
  }

  /// The bits of `tiles`, the first in the highest bit of the first byte.
  static Bytes bitmap(Iterable<Integer> set, int tiles) {
    byte[] bytes = new byte[(tiles + Byte.SIZE - 1) / Byte.SIZE];
    for (int tile : set) {
      bytes[tile / Byte.SIZE] |= (byte) (0x80 >> tile % Byte.SIZE);
    }
    return Bytes.of(bytes);
  }

  static Bytes encode(Stage stage) {
    int count = stage.pieces.size();
    ByteBuffer checksums = ByteBuffer.allocate(count * Integer.BYTES);
    ByteBuffer roots = ByteBuffer.allocate(count * Hash.SIZE);
    for (Piece piece : stage.pieces.values()) {
      checksums.putInt(piece.crc32c);
      roots.put(piece.root.buffer());
    }
    return Bytes.of(
        new CanonicalWriter()
            .u32(1, stage.tiles)
            .bool(2, stage.staged)
            .bytes(3, bitmap(stage.pieces.keySet(), stage.tiles))
            .bytes(4, checksums.array())
            .bytes(5, roots.array())
            .toBytes());
  }

  static Stage decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    int tiles = in.u32(1, Segment.TILES_MAX);
    boolean staged = in.bool(2);
    Bytes bitmap = in.bytes(3, BITMAP_MAX_BYTES);
    Bytes checksums = in.bytes(4, Segment.TILES_MAX * Integer.BYTES);
    Bytes roots = in.bytes(5, Segment.TILES_MAX * Hash.SIZE);
    in.end();
    List<Integer> received = received(bitmap, tiles);
    int count = received.size();
    if (tiles == 0
        || checksums.size() != count * Integer.BYTES
        || roots.size() != count * Hash.SIZE
        || (staged && count != tiles)) {
      throw new MalformedMessage("the parts of an upload's record contradict each other");
    }
    TreeMap<Integer, Piece> pieces = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Hash root = new Hash(roots.slice(i * Hash.SIZE, (i + 1) * Hash.SIZE));
      pieces.put(received.get(i), new Piece(checksums.buffer().getInt(i * Integer.BYTES), root));
    }
    return new Stage(tiles, staged, pieces);
  }

  private static List<Integer> received(Bytes bitmap, int tiles) throws MalformedMessage {
    if (bitmap.size() != (tiles + Byte.SIZE - 1) / Byte.SIZE) {
      throw new MalformedMessage("the bitmap has not one bit a tile");
    }
    BitSet bits = new BitSet();
    for (int i = 0; i < bitmap.size() * Byte.SIZE; i++) {
      bits.set(i, (bitmap.at(i / Byte.SIZE) & 0x80 >> i % Byte.SIZE) != 0);
    }
    if (bits.length() > tiles) {
      throw new MalformedMessage("a received tile is beyond the upload");
    }
    List<Integer> received = new ArrayList<>();
    bits.stream().forEach(received::add);
    return received;
  }
}
