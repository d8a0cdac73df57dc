package io.ppio.data.plot;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.segment.Roots;
import io.ppio.data.segment.TileRead;
import io.ppio.env.Bytes;
import io.ppio.physical.disk.TileFile;
import io.ppio.physical.disk.TileFileHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A segment whose content follows from its number.
///
/// @param number any
/// @param tiles 1 to 128
public record Sample(long number, int tiles) {
  /// A plot of `tiles` tiles in cells of one.
  public static TileFileHeader header(int tiles) {
    return new TileFileHeader(hash("plot", 0).bytes(), hash("miner", 0).bytes(), tiles, 1, 3);
  }

  public static Hash hash(String what, long number) {
    return Hash.tagged("test/" + what, new FixedWidth().u64(number));
  }

  public Hash rid() {
    return hash("rid", number);
  }

  /// As the id of an upload: 16 bytes.
  public Bytes id() {
    return rid().bytes().slice(0, 16);
  }

  public byte[] tile(int tile) {
    ByteBuffer content = ByteBuffer.allocate(TileFile.TILE_BYTES);
    long state = number * 131 + tile + 1;
    while (content.hasRemaining()) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      content.putLong(state);
    }
    return content.array();
  }

  public List<Hash> roots() {
    TileHasher hasher = new TileHasher();
    return IntStream.range(0, tiles).mapToObj(tile -> hasher.root(tile(tile), 0)).toList();
  }

  public Hash root() {
    return ListRoot.root(roots());
  }

  public Replica replica() {
    Roots roots = new Roots(hash("dt", number), List.of(hash("t1", number)), root());
    return new Replica(rid(), hash("contract", number), hash("chunk", number), roots, 1);
  }

  /// Stores the segment; false when there is no room or it is there already.
  public boolean storeIn(Plot plot) throws Exception {
    var reservation = plot.reserve(tiles);
    if (reservation.isEmpty()) {
      return false;
    }
    try (Reservation reserved = reservation.get()) {
      for (int tile = tiles - 1; tile >= 0; tile--) {
        reserved.write(tile, ByteBuffer.wrap(tile(tile)));
      }
      return reserved.commit(replica(), roots());
    }
  }

  /// What does not read back from `plot` as it was stored; empty when all does.
  public List<String> faultsIn(Plot plot) throws Exception {
    List<String> faults = new ArrayList<>();
    byte[] read = new byte[TileFile.TILE_BYTES];
    List<Hash> roots = roots();
    for (int tile = 0; tile < tiles; tile++) {
      TileRead outcome = plot.read(rid(), tile, read);
      if (!outcome.equals(new TileRead.Intact(roots.get(tile)))) {
        faults.add("tile " + tile + " of segment " + number + ": " + outcome);
      } else if (!new TileHasher().root(read, 0).equals(roots.get(tile))) {
        faults.add("tile " + tile + " of segment " + number + " has other bytes");
      }
    }
    return faults;
  }
}
