package io.ppio.env;

import java.util.concurrent.ExecutionException;

/// A scope of tasks that live no longer than it.
///
/// Each task is a virtual thread (in simulation: one of the deterministic scheduler) running plain
/// blocking code. Any task may start further ones until the scope is closed.
public interface Tasks extends AutoCloseable {
  /// What a task does. An [InterruptedException] after cancellation is a normal end.
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  /// Starts a task whose failure cancels all tasks of the scope and is thrown by [#join].
  ///
  /// @throws IllegalStateException when the scope is closed
  Task fork(String name, Body body);

  /// Starts a task whose failure is logged and ends only itself: one exchange with one peer, for
  /// example.
  ///
  /// @throws IllegalStateException when the scope is closed
  Task serve(String name, Body body);

  /// Waits until every task has ended or one started by [#fork] has failed.
  ///
  /// @throws ExecutionException with the first failure as its cause; the other tasks are cancelled
  ///   by then
  /// @throws InterruptedException when the caller is cancelled
  void join() throws InterruptedException, ExecutionException;

  /// Cancels every task and waits until they have ended. Idempotent.
  @Override
  void close();
}
