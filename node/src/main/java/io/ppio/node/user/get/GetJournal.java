package io.ppio.node.user.get;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.channel.Voucher;
import io.ppio.node.user.index.IndexKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/// What a download has done so far, durably: the segments whose bytes are safe in the part file,
/// and the newest voucher of each lane. Safe for concurrent use.
final class GetJournal {
  private static final Bytes DONE = Bytes.of((byte) 'd');
  private static final Bytes VOUCHER = Bytes.of((byte) 'v');

  private final Store store;
  private final Bytes task;

  GetJournal(Store store, Bytes task) {
    this.store = store;
    this.task = task;
  }

  /// The complete segments.
  BitSet done() {
    Bytes from = IndexKeys.progress(task, DONE);
    BitSet done = new BitSet();
    try {
      store.scanPrefix(
          from,
          (key, _) -> {
            done.set(ByteBuffer.wrap(key.toArray(), from.size(), 4).getInt());
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of a download cannot be read", e);
    }
    return done;
  }

  /// Forgets the complete segments: their bytes are gone.
  void restart() {
    StoreBatch batch = new StoreBatch();
    done().stream().forEach(segment -> batch.delete(key(segment)));
    commit(batch, Durability.SYNCED);
  }

  /// Records that a segment is complete; its bytes must be durable already.
  void complete(int segment) {
    commit(new StoreBatch().put(key(segment), Bytes.of((byte) 1)), Durability.SYNCED);
  }

  /// Records a voucher before it is sent, so that it survives the end of this process.
  ///
  /// Not synced: no later attempt speaks for this channel again, it opens one of its own.
  void promised(Hash lane, SignedStatement<Voucher> voucher) {
    commit(
        new StoreBatch()
            .put(
                IndexKeys.progress(
                    task, Bytes.of(new FixedWidth().bytes(VOUCHER).hash(lane).toArray())),
                Bytes.of(voucher.encode())),
        Durability.UNSYNCED);
  }

  private Bytes key(int segment) {
    return IndexKeys.progress(task, Bytes.of(new FixedWidth().bytes(DONE).u32(segment).toArray()));
  }

  private void commit(StoreBatch batch, Durability durability) {
    try {
      store.commit(batch, durability);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of a download cannot be written", e);
    }
  }
}
