package io.ppio.env;

/// One running task of a [Tasks] scope.
public interface Task {
  /// Interrupts the task; it ends at its next wait. Idempotent, returns at once.
  void cancel();

  /// Whether the task has ended, in whatever way.
  boolean ended();

  /// Waits until the task has ended, in whatever way.
  ///
  /// @throws InterruptedException when the caller is cancelled
  void join() throws InterruptedException;
}
