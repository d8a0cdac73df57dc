package io.ppio.env;

/// A held lock on a folder; see [Disk#lock].
public interface FolderLock extends AutoCloseable {
  /// Gives the lock back. Idempotent.
  @Override
  void close();
}
