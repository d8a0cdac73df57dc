package io.ppio.incentive.contract;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.env.Check;
import java.util.List;

/// The bytes that an order is about.
///
/// @param segment the chunk hash: SHA-256 of the unpadded ciphertext
/// @param sizeBytes length of the ciphertext, 1 byte to [#SIZE_MAX]
/// @param plainRoot DT, the Merkle root of the padded ciphertext
/// @param sealedRoots RT of each copy, or none where they arrive with activation
public record Content(
    @Field(4) Hash segment,
    @Field(value = 5, max = Content.SIZE_MAX, unit = "bytes", absent = "refused") long sizeBytes,
    @Field(6) Hash plainRoot,
    @Field(value = 7, count = Terms.COPIES_MAX) List<Hash> sealedRoots) {
  /// Bytes in the longest segment: 16 MiB.
  public static final long SIZE_MAX = 16 << 20;

  /// Bytes in a tile, the unit of storage.
  private static final int TILE = 128 << 10;

  public Content {
    Check.range(sizeBytes, 1, SIZE_MAX, "segment size");
    sealedRoots = List.copyOf(sealedRoots);
    Check.range(sealedRoots.size(), 0, Terms.COPIES_MAX, "number of sealed roots");
  }

  /// Content whose sealed roots arrive with activation.
  public static Content of(Hash segment, long sizeBytes, Hash plainRoot) {
    return new Content(segment, sizeBytes, plainRoot, List.of());
  }

  /// T: tiles that one copy takes.
  public int tiles() {
    return (int) ((sizeBytes + TILE - 1) / TILE);
  }
}
