package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.Store;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An immutable ordered map of bytes; changing it makes a new one that shares most of the old.
///
/// A treap (Seidel and Aragon, 1996) whose priorities are hashes of the keys, so equal contents
/// have equal shapes. Old states cost nothing to keep, which is what scans and crashes need.
final class SortedTree {
  static final SortedTree EMPTY = new SortedTree(null);

  private record Node(
      Bytes key, Bytes value, int priority, @Nullable Node left, @Nullable Node right) {
    Node with(@Nullable Node newLeft, @Nullable Node newRight) {
      return new Node(key, value, priority, newLeft, newRight);
    }
  }

  private record Halves(@Nullable Node below, @Nullable Node above) {}

  private final @Nullable Node root;

  private SortedTree(@Nullable Node root) {
    this.root = root;
  }

  Optional<Bytes> get(Bytes key) {
    Node at = root;
    while (at != null) {
      int order = key.compareTo(at.key());
      if (order == 0) {
        return Optional.of(at.value());
      }
      at = order < 0 ? at.left() : at.right();
    }
    return Optional.empty();
  }

  SortedTree put(Bytes key, Bytes value) {
    return new SortedTree(insert(root, new Node(key, value, priority(key), null, null)));
  }

  SortedTree remove(Bytes key) {
    return get(key).isEmpty() ? this : new SortedTree(without(root, key));
  }

  /// Visits the keys in `from` (inclusive) to `to` (exclusive) in order.
  void scan(Bytes from, Bytes to, Store.Visitor visitor) throws IOException {
    scan(root, from, to, visitor);
  }

  private static boolean scan(@Nullable Node at, Bytes from, Bytes to, Store.Visitor visitor)
      throws IOException {
    if (at == null) {
      return true;
    }
    boolean notBelow = at.key().compareTo(from) >= 0;
    boolean below = at.key().compareTo(to) < 0;
    if (notBelow && !scan(at.left(), from, to, visitor)) {
      return false;
    }
    if (notBelow && below && !visitor.see(at.key(), at.value())) {
      return false;
    }
    return !below || scan(at.right(), from, to, visitor);
  }

  /// The murmur3 finaliser over the key's hash: neighbouring keys get unrelated priorities.
  private static int priority(Bytes key) {
    int hash = key.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  private static Node insert(@Nullable Node at, Node fresh) {
    if (at == null) {
      return fresh;
    }
    int order = fresh.key().compareTo(at.key());
    if (order == 0) {
      return fresh.with(at.left(), at.right());
    }
    if (fresh.priority() > at.priority()) {
      Halves halves = split(at, fresh.key());
      return fresh.with(halves.below(), halves.above());
    }
    return order < 0
        ? at.with(insert(at.left(), fresh), at.right())
        : at.with(at.left(), insert(at.right(), fresh));
  }

  private static Halves split(@Nullable Node at, Bytes key) {
    if (at == null) {
      return new Halves(null, null);
    }
    if (at.key().compareTo(key) < 0) {
      Halves halves = split(at.right(), key);
      return new Halves(at.with(at.left(), halves.below()), halves.above());
    }
    Halves halves = split(at.left(), key);
    return new Halves(halves.below(), at.with(halves.above(), at.right()));
  }

  private static @Nullable Node without(@Nullable Node at, Bytes key) {
    if (at == null) {
      return null;
    }
    int order = key.compareTo(at.key());
    if (order == 0) {
      return merge(at.left(), at.right());
    }
    return order < 0
        ? at.with(without(at.left(), key), at.right())
        : at.with(at.left(), without(at.right(), key));
  }

  private static @Nullable Node merge(@Nullable Node below, @Nullable Node above) {
    if (below == null || above == null) {
      return below == null ? above : below;
    }
    return below.priority() >= above.priority()
        ? below.with(below.left(), merge(below.right(), above))
        : above.with(merge(below, above.left()), above.right());
  }
}
