package io.ppio.env;

import java.io.IOException;
import java.util.Optional;

/// A small ordered map from byte keys to byte values with atomic batches: the durable state of a
/// role.
///
/// Keys order as unsigned bytes. Safe for use by any number of tasks; a batch is applied whole or
/// not at all, and batches are applied one after the other. After a crash the state is that after
/// some batch, never between two, and not before the last one committed as [Durability#SYNCED].
public interface Store extends AutoCloseable {
  /// Whether a commit waits for the medium.
  enum Durability {
    /// Returns when the batch survives a crash of the machine; tasks committing at once share one
    /// flush.
    SYNCED,
    /// Returns when the batch survives the end of the process at most.
    UNSYNCED
  }

  /// The value of `key` now.
  Optional<Bytes> get(Bytes key) throws IOException;

  /// Applies `batch` if each of its expectations holds.
  ///
  /// @return whether they held; nothing is changed if not
  boolean commit(StoreBatch batch, Durability durability) throws IOException;

  /// Calls `visitor` for each key in `from` (inclusive) to `to` (exclusive) in order, as of the
  /// moment of the call.
  void scan(Bytes from, Bytes to, Visitor visitor) throws IOException;

  /// A view of the state now that later commits do not change; to be closed.
  Snapshot snapshot() throws IOException;

  /// Closes; does not sync. Idempotent.
  @Override
  void close() throws IOException;

  /// Sees one entry of a scan.
  @FunctionalInterface
  interface Visitor {
    /// @return whether to go on
    boolean see(Bytes key, Bytes value) throws IOException;
  }

  /// A frozen view of a store.
  interface Snapshot extends AutoCloseable {
    Optional<Bytes> get(Bytes key) throws IOException;

    void scan(Bytes from, Bytes to, Visitor visitor) throws IOException;

    @Override
    void close();
  }
}
