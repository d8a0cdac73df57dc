package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32C;

/// An open store of a simulated disk.
///
/// A synced batch becomes visible when it is durable, never before; killed while it waits, it may
/// be there after the restart or not.
final class SimStore implements Store {
  private final SimDisk disk;
  private final Volume volume;
  private final StoreNode node;
  private boolean closed;

  SimStore(SimDisk disk, StoreNode node) {
    this.disk = disk;
    this.volume = disk.volume();
    this.node = node;
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }

  @Override
  public Optional<Bytes> get(Bytes key) throws IOException {
    checkOpen();
    return node.live().get(key);
  }

  @Override
  public boolean commit(StoreBatch batch, Durability durability) throws IOException {
    checkOpen();
    boolean synced = durability == Durability.SYNCED;
    if (synced) {
      StoreNode.Flush flush = node.begin(volume, batch);
      try {
        disk.operateOnMedium();
      } finally {
        node.end(volume, flush);
      }
    } else {
      disk.operate();
    }
    checkOpen();
    boolean applied = node.apply(volume, batch, synced);
    volume.record(Trace.Kind.COMMIT, checksum(batch), (synced ? 2 : 0) + (applied ? 1 : 0));
    return applied;
  }

  private static long checksum(StoreBatch batch) {
    CRC32C sum = new CRC32C();
    for (StoreBatch.Change change : batch.changes()) {
      switch (change) {
        case StoreBatch.Change.Put(Bytes key, Bytes value) -> {
          sum.update(key.buffer());
          sum.update(value.buffer());
        }
        case StoreBatch.Change.Delete(Bytes key) -> sum.update(key.buffer());
      }
    }
    return sum.getValue();
  }

  @Override
  public void scan(Bytes from, Bytes to, Visitor visitor) throws IOException {
    checkOpen();
    node.live().scan(from, to, visitor);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      node.unuse();
    }
  }
}
