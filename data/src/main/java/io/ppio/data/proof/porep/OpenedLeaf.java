package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// A block of 1,024 bytes and its path to a root.
public record OpenedLeaf(Bytes block, MerklePath path) {
  static final int ENCODED_MAX = Tile.BLOCK + MerklePath.ENCODED_MAX + 16;

  public OpenedLeaf {
    Check.size(block, Tile.BLOCK, "block");
  }

  byte[] encode() {
    return new CanonicalWriter().bytes(1, block).bytes(2, path.encode()).toBytes();
  }

  static OpenedLeaf decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in ->
            new OpenedLeaf(
                in.fixedBytes(1, Tile.BLOCK),
                MerklePath.decode(in.bytes(2, MerklePath.ENCODED_MAX))));
  }
}
