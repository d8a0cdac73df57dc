package io.ppio.crypto.hash;

import io.ppio.env.Check;
import java.util.ArrayList;
import java.util.List;

/// `LR`: the RFC 6962 root of a list, and the paths that prove membership.
///
/// Leaf `H(0x00 ‖ x)`, node `H(0x01 ‖ l ‖ r)`, lists split at the largest power of two below their
/// size; the root of the empty list is `H("")`. For Merkle trees over stored bytes see
/// `io.ppio.crypto.merkle`.
public final class ListRoot {
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private ListRoot() {}

  /// The root over the byte strings of `list`.
  public static Hash of(List<byte[]> list) {
    return list.isEmpty() ? Hash.sha256() : root(list.stream().map(ListRoot::leaf).toList());
  }

  /// The leaf hash of `x`.
  public static Hash leaf(byte[] x) {
    return Hash.sha256(LEAF, x);
  }

  /// The hash of a node with children `left` and `right`.
  public static Hash node(Hash left, Hash right) {
    return Hash.sha256(NODE, left.toArray(), right.toArray());
  }

  /// The root over leaf hashes already made; at least one.
  public static Hash root(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /// The path of leaf `index`, from the leaf upwards.
  public static List<Hash> path(List<Hash> leaves, int index) {
    Check.range(index, 0, leaves.size() - 1L, "index");
    List<Hash> path = new ArrayList<>();
    collect(leaves, index, path);
    return List.copyOf(path);
  }

  private static void collect(List<Hash> leaves, int index, List<Hash> path) {
    if (leaves.size() == 1) {
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collect(left, index, path);
      path.add(root(right));
    } else {
      collect(right, index - split, path);
      path.add(root(left));
    }
  }

  /// Whether `path` leads from `leaf` at `index` of `count` leaves to `root`; a path of another
  /// length fails.
  public static boolean proves(Hash leaf, long index, long count, List<Hash> path, Hash root) {
    if (index < 0 || index >= count) {
      return false;
    }
    Hash at = leaf;
    long node = index;
    long last = count - 1;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        at = node(sibling, at);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        at = node(at, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && at.equals(root);
  }
}
