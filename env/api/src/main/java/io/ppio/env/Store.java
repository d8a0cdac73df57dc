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

  /// Far more conflicts than tasks that may write one key: more are a batch that can never hold.
  int ATTEMPTS_MAX = 1000;

  /// The value of `key` now.
  Optional<Bytes> get(Bytes key) throws IOException;

  /// Applies `batch` if each of its expectations holds.
  ///
  /// @return whether they held; nothing is changed if not
  boolean commit(StoreBatch batch, Durability durability) throws IOException;

  /// Calls `visitor` for each key in `from` (inclusive) to `to` (exclusive) in order, as of the
  /// moment of the call.
  void scan(Bytes from, Bytes to, Visitor visitor) throws IOException;

  /// As [#scan] over every key that begins with `prefix`, which must not be all 255.
  default void scanPrefix(Bytes prefix, Visitor visitor) throws IOException {
    scan(prefix, prefix.afterPrefix(), visitor);
  }

  /// Makes a change of what it reads, made anew while its expectations do not hold because another
  /// commit came between.
  ///
  /// @return what the change came to
  /// @throws IOException when the store fails, or after [#ATTEMPTS_MAX] conflicts
  default <T, E extends Exception> T change(Durability durability, Attempt<T, E> attempt)
      throws IOException, E {
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
      Attempted<T> made = attempt.make();
      if (made.batch().isEmpty() || commit(made.batch().get(), durability)) {
        return made.result();
      }
    }
    throw new IOException(ATTEMPTS_MAX + " commits in a row met another one");
  }

  /// Closes; does not sync. Idempotent.
  @Override
  void close() throws IOException;

  /// Sees one entry of a scan.
  @FunctionalInterface
  interface Visitor {
    /// @return whether to go on
    boolean see(Bytes key, Bytes value) throws IOException;
  }

  /// Makes a change, with expectations, of what it reads.
  @FunctionalInterface
  interface Attempt<T, E extends Exception> {
    Attempted<T> make() throws IOException, E;
  }

  /// What an attempt comes to.
  ///
  /// @param batch to be applied first; empty when nothing is to be changed
  record Attempted<T>(Optional<StoreBatch> batch, T result) {
    public Attempted(StoreBatch batch, T result) {
      this(Optional.of(batch), result);
    }
  }
}
