package io.ppio.network.transport;

import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Deadline;
import io.ppio.env.Env;
import io.ppio.network.peer.Contact;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Repeats calls of idempotent methods where that may help (network specification 1.8).
///
/// Up to three times more, 200 ms later at first and twice as late each time, give or take a
/// quarter, never beyond the deadline. Each attempt goes to the next candidate; one that let a
/// deadline pass is not asked again. Owned by one task.
public final class Retry {
  private static final int RETRIES = 3;
  private static final Duration FIRST = Duration.ofMillis(200);

  private final Env env;
  private final Peers peers;
  private final RandomGenerator random;

  public Retry(Env env, Peers peers) {
    this.env = env;
    this.peers = peers;
    this.random = env.random("retry");
  }

  /// Asks the `candidates` in turn until one answers.
  ///
  /// @param options the deadline is that of all attempts together
  /// @throws IllegalArgumentException when the method must not be repeated
  /// @throws CallFailed the last failure
  public Reply call(List<Contact> candidates, Method method, Bytes body, CallOptions options)
      throws CallFailed, InterruptedException {
    if (!method.idempotent()) {
      throw new IllegalArgumentException(method + " must not be repeated");
    }
    Check.positive(candidates.size(), "candidates");
    Duration within = options.within().isZero() ? method.deadline() : options.within();
    Deadline deadline = env.clock().in(within);
    int attempt = 0;
    while (true) {
      Contact to = candidates.get(attempt % candidates.size());
      try {
        return peers.call(to, method, body, options.until(deadline));
      } catch (CallFailed e) {
        boolean otherNext = candidates.size() > 1;
        Duration pause = pause(attempt, otherNext ? Duration.ZERO : e.retryAfter());
        attempt++;
        boolean late = deadline.left().compareTo(pause) <= 0;
        if (attempt > RETRIES || late || !mayHelp(e.status(), otherNext)) {
          throw e;
        }
        env.clock().sleep(pause);
      }
    }
  }

  private static boolean mayHelp(Status status, boolean otherNext) {
    return switch (status.remedy()) {
      case LATER, OTHER_CONNECTION -> true;
      case OTHER_PEER -> otherNext || status == Status.UNAVAILABLE;
      case NONE, NEW_CONTRACT -> false;
    };
  }

  private Duration pause(int attempt, Duration asked) {
    double jitter = 0.75 + random.nextDouble() / 2;
    Duration own = Duration.ofNanos((long) (FIRST.toNanos() * (1L << attempt) * jitter));
    return own.compareTo(asked) < 0 ? asked : own;
  }
}
