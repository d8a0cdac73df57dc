package io.ppio.data.plot;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.segment.Roots;
import io.ppio.env.Bytes;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.TileFile;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys and values of a plot's store.
///
/// A key is one byte with the version of the layout (1), one byte with the table, and the fields of
/// the table, integers big-endian, so that a table is one range in order of its fields. A value is
/// canonical protobuf:
///
/// | table | key | value |
/// |---|---|---|
/// | `P` plot | | 1 id b32, 2 tiles u64, 3 ready bool |
/// | `S` segment | rid 32 | 1 contract b32, 2 chunk b32, 3 DT b32, 4 RT b32 |
/// | | | 5 layer roots b32 repeated, 6 profile u32 |
/// | | | 7 extents packed u64: start, count, start, count... |
/// | | | 8 state u32, 9 stored ms u64, 10 activated ms u64 |
/// | `T` tile | u32 index | 1 state u32; for DATA also 2 crc32c u32, 3 rid b32 |
/// | | | 4 tile in segment u32, 5 tile root b32 |
///
/// Decoders throw [MalformedMessage] and nothing else, whatever the bytes are.
final class PlotRecords {
  /// Version of the layout; a plot with another one is refused.
  static final int VERSION = 1;

  static final Bytes PLOT = key('P', 0).slice(0, 2);

  /// Every layout has its plot record under its own version, so a look at these keys tells which
  /// version a store has.
  static Bytes plotKeyOfVersion(int version) {
    return Bytes.of((byte) version, (byte) 'P');
  }

  private static final int TIME_FIELD_BYTES = 10;
  private static final int SEGMENT_MAX_BYTES =
      6 * 34 + Roots.LAYERS_MAX * 34 + 2 * Segment.TILES_MAX * 10 + 4 * TIME_FIELD_BYTES;

  private PlotRecords() {}

  private static Bytes key(char table, int fieldBytes, byte... field) {
    ByteBuffer out = ByteBuffer.allocate(2 + fieldBytes).put((byte) VERSION).put((byte) table);
    return Bytes.of(out.put(field).array());
  }

  static Bytes segmentKey(Hash rid) {
    return key('S', Hash.SIZE, rid.toArray());
  }

  static Bytes tileKey(int index) {
    return key('T', Integer.BYTES, ByteBuffer.allocate(Integer.BYTES).putInt(index).array());
  }

  /// First key of a table.
  static Bytes from(char table) {
    return key(table, 0);
  }

  /// Key after the last one of a table.
  static Bytes to(char table) {
    return key((char) (table + 1), 0);
  }

  static int tileIndex(Bytes key) throws MalformedMessage {
    int index = key.size() == 2 + Integer.BYTES ? key.buffer().getInt(2) : -1;
    if (index < 0 || index >= TileFile.TILES_MAX) {
      throw new MalformedMessage("no key of a tile");
    }
    return index;
  }

  static Hash rid(Bytes key) throws MalformedMessage {
    if (key.size() != 2 + Hash.SIZE) {
      throw new MalformedMessage("no key of a segment");
    }
    return new Hash(key.slice(2, key.size()));
  }

  /// The plot itself.
  ///
  /// @param id as in the header of plot.dat
  /// @param ready whether plot.dat was finished
  record PlotRecord(Hash id, int tiles, boolean ready) {}

  static Bytes encode(PlotRecord plot) {
    return Bytes.of(
        new CanonicalWriter().hash(1, plot.id).u64(2, plot.tiles).bool(3, plot.ready).toBytes());
  }

  static PlotRecord decodePlot(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    PlotRecord plot =
        new PlotRecord(in.hash(1), (int) bounded(in.u64(2), TileFile.TILES_MAX), in.bool(3));
    in.end();
    return plot;
  }

  static Bytes encode(TileRecord tile) {
    CanonicalWriter out = new CanonicalWriter().u32(1, tile.state().code());
    if (tile instanceof TileRecord.Held held) {
      out.u32(2, held.crc32c()).hash(3, held.rid()).u32(4, held.tile()).hash(5, held.root());
    }
    return Bytes.of(out.toBytes());
  }

  static TileRecord decodeTile(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    TileState state = TileState.of(in.u32(1));
    TileRecord tile =
        state == TileState.DATA
            ? new TileRecord.Held(
                in.u32(2), in.hash(3), in.u32(4, Segment.TILES_MAX - 1), in.hash(5))
            : new TileRecord.Other(state);
    in.end();
    return tile;
  }

  static Bytes encode(Segment segment) {
    Replica replica = segment.replica();
    Roots roots = replica.roots();
    List<Long> extents = new ArrayList<>();
    for (Extent extent : segment.extents()) {
      extents.add((long) extent.start());
      extents.add((long) extent.count());
    }
    return Bytes.of(
        new CanonicalWriter()
            .hash(1, replica.contract())
            .hash(2, replica.chunk())
            .hash(3, roots.dt())
            .hash(4, roots.rt())
            .list(5, roots.layers(), Hash::toArray)
            .u32(6, replica.profile())
            .packed(7, extents)
            .u32(8, segment.state().code())
            .u64(9, segment.storedAt().toEpochMilli())
            .u64(10, segment.activatedAt().map(Instant::toEpochMilli).orElse(0L))
            .toBytes());
  }

  static Segment decodeSegment(Hash rid, Bytes value) throws MalformedMessage {
    if (value.size() > SEGMENT_MAX_BYTES) {
      throw new MalformedMessage("record of a segment is too long");
    }
    CanonicalReader in = new CanonicalReader(value);
    Hash contract = in.hash(1);
    Hash chunk = in.hash(2);
    Hash dt = in.hash(3);
    Hash rt = in.hash(4);
    List<Hash> layers = in.list(5, Roots.LAYERS_MAX, Hash.SIZE, PlotRecords::decodeHash);
    int profile = in.u32(6, Replica.PROFILE_MAX);
    List<Extent> extents = decodeExtents(in.packed(7, 2 * Segment.TILES_MAX));
    SegmentState state = SegmentState.of(in.u32(8));
    Instant storedAt = Instant.ofEpochMilli(bounded(in.u64(9), Long.MAX_VALUE));
    long activated = bounded(in.u64(10), Long.MAX_VALUE);
    in.end();
    Optional<Instant> activatedAt =
        activated == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(activated));
    if ((state == SegmentState.ACTIVE) != activatedAt.isPresent()) {
      throw new MalformedMessage("state and time of activation contradict each other");
    }
    Replica replica = new Replica(rid, contract, chunk, new Roots(dt, layers, rt), profile);
    return new Segment(replica, extents, state, storedAt, activatedAt);
  }

  private static Hash decodeHash(byte[] encoded) throws MalformedMessage {
    if (encoded.length != Hash.SIZE) {
      throw new MalformedMessage("a hash has 32 bytes");
    }
    return Hash.of(encoded);
  }

  private static List<Extent> decodeExtents(List<Long> numbers) throws MalformedMessage {
    if (numbers.isEmpty() || numbers.size() % 2 != 0) {
      throw new MalformedMessage("extents come in pairs of numbers");
    }
    List<Extent> extents = new ArrayList<>();
    long tiles = 0;
    for (int i = 0; i < numbers.size(); i += 2) {
      long start = bounded(numbers.get(i), TileFile.TILES_MAX - 1L);
      long count = bounded(numbers.get(i + 1), TileFile.TILES_MAX - start);
      tiles += count;
      if (count == 0 || tiles > Segment.TILES_MAX) {
        throw new MalformedMessage("impossible extents");
      }
      extents.add(new Extent((int) start, (int) count));
    }
    return extents;
  }

  private static long bounded(long value, long max) throws MalformedMessage {
    if (value < 0 || value > max) {
      throw new MalformedMessage("number exceeds " + max);
    }
    return value;
  }
}
