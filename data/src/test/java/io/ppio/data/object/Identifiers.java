package io.ppio.data.object;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The names clients see (interface specification 3.4). Identifiers only: they prove nothing.
/// Stateless.
///
/// Here rather than in the main sources: its known answers are published, but no command shows them
/// yet.
public final class Identifiers {
  private Identifiers() {}

  /// The object hash: pairs are hashed level by level, a last unpaired node alone, until one is
  /// left.
  ///
  /// @param chunkHashes at least one, in order
  public static Hash object(List<Hash> chunkHashes) {
    Check.that(!chunkHashes.isEmpty(), "an empty object has no hash");
    List<Hash> level = chunkHashes;
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(
            i + 1 < level.size()
                ? Hash.sha256(level.get(i).toArray(), level.get(i + 1).toArray())
                : Hash.sha256(level.get(i).toArray()));
      }
      level = above;
    }
    return level.getFirst();
  }

  /// The segment id; the index is little-endian, unlike everything else.
  public static Hash segment(Hash object, Hash chunk, int index) {
    byte[] littleEndian =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(index).array();
    return Hash.sha256(object.toArray(), chunk.toArray(), littleEndian);
  }
}
