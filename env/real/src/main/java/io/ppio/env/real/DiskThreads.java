package io.ppio.env.real;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The platform threads on which calls that wait for a medium are made, shared by the process.
///
/// Two reasons: a file channel closes itself, for all its users, when a thread in it is
/// interrupted, and interrupting is how tasks are cancelled; and a virtual thread in such a call
/// holds its carrier, of which there are only as many as cores.
final class DiskThreads {
  private static final int THREADS = 16;
  private static final int IDLE_SECONDS = 30;

  private static final ThreadPoolExecutor POOL = pool();

  private DiskThreads() {}

  /// Something that waits for a medium.
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /// A [Call] without a result.
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  private static ThreadPoolExecutor pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("ppio-disk-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /// Runs `call` and waits for it, whatever happens to the calling task meanwhile: the call uses
  /// the caller's buffer. An interrupt is seen at the caller's next wait.
  static <T> T call(Call<T> call) throws IOException {
    Future<T> result = POOL.submit(call::run);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// As [#call].
  static void run(Action action) throws IOException {
    boolean _ =
        call(() -> {
          action.run();
          return true;
        });
  }

  private static IOException rethrown(ExecutionException wrapper) {
    return switch (wrapper.getCause()) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(wrapper);
    };
  }
}
