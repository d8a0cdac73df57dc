package io.ppio.data.seal;

import java.io.IOException;

/// One way to turn a segment D into its sealed form R and back. Stateless, safe for concurrent use.
///
/// A codec whose domain is the tile touches only the tile it is asked for; one whose domain is the
/// segment reads what it depends on from the source. Tiles are arrays of 131,072 bytes that belong
/// to the caller between calls.
public interface SealCodec {
  /// Reads tiles by number.
  @FunctionalInterface
  interface Source {
    void read(int tile, byte[] into) throws IOException;
  }

  /// Takes tiles by number, in any order, each once.
  @FunctionalInterface
  interface Sink {
    void write(int tile, byte[] from) throws IOException;
  }

  /// Seals all tiles; sequential within a domain on purpose.
  ///
  /// @param tiles T of the segment, 1 to 128
  /// @throws IOException what `plain` or `sealed` threw, and nothing else
  void seal(ReplicaId rid, int tiles, Source plain, Sink sealed) throws IOException;

  /// Unseals one tile into `plain`, which has 131,072 bytes.
  ///
  /// @throws IOException what `sealed` threw, and nothing else
  void unsealTile(ReplicaId rid, int tiles, int tile, Source sealed, byte[] plain)
      throws IOException;
}
