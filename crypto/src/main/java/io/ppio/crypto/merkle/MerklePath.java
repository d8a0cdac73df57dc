package io.ppio.crypto.merkle;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.ArrayList;
import java.util.List;

/// Siblings from a leaf upwards.
///
/// @param siblings at most 14: seven inside a tile, seven above
@Form("`u8 count ‖ count × 32`: siblings from a leaf upwards, at most " + MerklePath.LENGTH_MAX)
public record MerklePath(List<Hash> siblings) {
  /// Longest path in a segment.
  public static final int LENGTH_MAX = 14;

  /// Bytes of the longest encoding.
  public static final int ENCODED_MAX = 1 + LENGTH_MAX * Hash.SIZE;

  public MerklePath {
    siblings = List.copyOf(siblings);
    Check.range(siblings.size(), 0, LENGTH_MAX, "siblings");
  }

  /// Whether it leads from tile `tile` of `tiles` with root `tileRoot` to `root`.
  ///
  /// How long a path must be follows from `tile` and `tiles`; any other length fails, so no node
  /// passes for a tile.
  public boolean provesTile(Hash tileRoot, int tile, int tiles, Hash root) {
    return ListRoot.proves(tileRoot, tile, tiles, siblings, root);
  }

  /// Whether it leads from block `block` of a segment of `tiles` tiles to `root`.
  ///
  /// @param leaf the leaf hash of the block, as [TileHasher#leaf] makes it
  public boolean provesBlock(Hash leaf, long block, int tiles, Hash root) {
    return ListRoot.proves(leaf, block, (long) tiles * Tile.BLOCKS, siblings, root);
  }

  /// The encoded path.
  public Bytes encode() {
    FixedWidth fields = new FixedWidth().u8(siblings.size());
    siblings.forEach(fields::hash);
    return Bytes.of(fields.toArray());
  }

  /// The path that `bytes` encodes, all of them.
  public static MerklePath decode(Bytes bytes) throws MalformedMessage {
    int count = bytes.isEmpty() ? -1 : bytes.at(0);
    if (count < 0 || count > LENGTH_MAX || bytes.size() != 1 + count * Hash.SIZE) {
      throw new MalformedMessage("path of wrong length");
    }
    List<Hash> siblings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      siblings.add(new Hash(bytes.slice(1 + i * Hash.SIZE, 1 + (i + 1) * Hash.SIZE)));
    }
    return new MerklePath(siblings);
  }
}
