package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The place of one order in the batch that its user signed.
///
/// @param index of the order, from 0
/// @param count orders in the batch, 1 to [#COUNT_MAX]
@Form("`u32 index ‖ u32 count ‖ u8 length ‖ length × 32`: the path from the leaf upwards")
public record OrderPath(int index, int count, List<Hash> path) {
  /// Orders that one signature may cover: an object of 10 GiB has 640 segments, one with small
  /// segments more.
  public static final int COUNT_MAX = 1 << 20;

  private static final int HEAD = 9;
  private static final int LENGTH_MAX = 20;

  /// Longest encoded path.
  public static final int ENCODED_MAX = HEAD + LENGTH_MAX * Hash.SIZE;

  public OrderPath {
    Check.range(count, 1, COUNT_MAX, "orders in the batch");
    Check.range(index, 0, count - 1L, "index in the batch");
    path = List.copyOf(path);
    Check.range(path.size(), 0, LENGTH_MAX, "path length");
  }

  /// The path in its bytes.
  public Bytes encode() {
    FixedWidth fields = new FixedWidth().u32(index).u32(count).u8(path.size());
    path.forEach(fields::hash);
    return Bytes.of(fields.toArray());
  }

  /// Decodes one path.
  public static OrderPath decode(byte[] encoded) throws MalformedMessage {
    if (encoded.length < HEAD || encoded.length > ENCODED_MAX) {
      throw new MalformedMessage("order path has a wrong length");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded);
    int index = in.getInt();
    int count = in.getInt();
    int length = in.get() & 0xff;
    if (in.remaining() != length * Hash.SIZE
        || count < 1
        || count > COUNT_MAX
        || index < 0
        || index >= count) {
      throw new MalformedMessage("order path is inconsistent");
    }
    List<Hash> path = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      byte[] node = new byte[Hash.SIZE];
      in.get(node);
      path.add(Hash.of(node));
    }
    return new OrderPath(index, count, path);
  }

  /// Whether it leads from `leaf` to `root`.
  public boolean proves(Hash leaf, Hash root) {
    return ListRoot.proves(leaf, index, count, path, root);
  }

  /// The root that it leads to from `leaf`; a path of a wrong length leads nowhere that anyone
  /// signed.
  Hash rootFrom(Hash leaf) {
    Hash at = leaf;
    long node = index;
    long last = count - 1L;
    for (Hash sibling : path) {
      boolean right = (node & 1) == 1 || node == last;
      at = right ? ListRoot.node(sibling, at) : ListRoot.node(at, sibling);
      while (right && (node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
      node >>= 1;
      last >>= 1;
    }
    return at;
  }
}
