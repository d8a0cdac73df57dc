package io.ppio.data.proof.porep;

import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.message.Field;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// A block of 1,024 bytes and its path to a root.
public record OpenedLeaf(
    @Field(value = 1, size = Tile.BLOCK) Bytes block, @Field(2) MerklePath path) {
  public OpenedLeaf {
    Check.size(block, Tile.BLOCK, "block");
  }
}
