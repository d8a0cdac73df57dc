package io.ppio.node.user.put;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.node.user.index.IndexKeys;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/// What an upload has done so far, durably: the segments that have their acknowledgements.
///
/// Each is recorded once and never sent again. Safe for concurrent use.
final class PutJournal {
  private static final Bytes DONE = Bytes.of((byte) 'd');

  private final Store store;
  private final Bytes task;
  private final Bytes objectId;

  PutJournal(Store store, Bytes task, Bytes objectId) {
    this.store = store;
    this.task = task;
    this.objectId = objectId;
  }

  /// The complete segments by number.
  Map<Integer, StoredObject.Segment> done() {
    Bytes from = IndexKeys.progress(task, DONE);
    Map<Integer, StoredObject.Segment> done = new TreeMap<>();
    try {
      store.scanPrefix(
          from,
          (key, value) -> {
            int segment = ByteBuffer.wrap(key.toArray(), from.size(), 4).getInt();
            done.put(segment, decode(value));
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of an upload cannot be read", e);
    }
    return done;
  }

  /// Records the contracts of a segment; durable on return.
  void matched(int segment, SegmentCopies copies) {
    StoreBatch batch = new StoreBatch();
    ObjectIndex.put(batch, objectId, segment, copies);
    commit(batch);
  }

  /// What records that a segment is complete.
  StoreBatch completion(SegmentBody body) {
    StoreBatch batch = new StoreBatch();
    ObjectIndex.put(batch, objectId, body.segment(), body.tree().tileRoots());
    return batch.put(
        IndexKeys.progress(
            task, Bytes.of(new FixedWidth().bytes(DONE).u32(body.segment()).toArray())),
        Bytes.of(body.stored().encode()));
  }

  /// Makes `batch` durable.
  void commit(StoreBatch batch) {
    try {
      store.commit(batch, Durability.SYNCED);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of an upload cannot be written", e);
    }
  }

  private static StoredObject.Segment decode(Bytes value) throws IOException {
    try {
      return StoredObject.Segment.decode(value.toArray());
    } catch (MalformedMessage e) {
      throw new IOException("damaged journal of an upload", e);
    }
  }
}
