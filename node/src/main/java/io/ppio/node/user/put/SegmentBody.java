package io.ppio.node.user.put;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.incentive.contract.Content;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.SegmentBuffers.Buffer;
import java.nio.ByteBuffer;

/// One segment ready to be sent: its ciphertext in memory, and what names it.
///
/// @param size bytes without padding
record SegmentBody(int segment, int size, Hash chunkHash, SegmentTree tree, Buffer buffer) {
  Content content() {
    return Content.of(chunkHash, size, tree.root());
  }

  StoredObject.Segment stored() {
    return new StoredObject.Segment(size, chunkHash, tree.root());
  }

  /// A piece as it is sent: a whole tile, the last one with its padding.
  ByteBuffer piece(int index) {
    return ByteBuffer.wrap(buffer.array(), index * Tile.SIZE, Tile.SIZE);
  }

  /// Bytes of the segment in a piece.
  int bytes(int index) {
    return Math.min(Tile.SIZE, size - index * Tile.SIZE);
  }
}
