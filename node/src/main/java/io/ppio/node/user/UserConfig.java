package io.ppio.node.user;

import io.ppio.crypto.identity.PrivateKey;
import io.ppio.node.host.HostConfig;
import io.ppio.node.user.task.TaskRunner;
import java.time.Duration;

/// What a user node is started with (interface specification 5.1).
///
/// @param wallet the account's key
/// @param defaultCopies copies where a client names no number
/// @param minCopies fewest copies that are accepted
/// @param timing waits and periods
/// @param autoResume whether transfers go on by themselves after a restart
public record UserConfig(
    HostConfig host,
    PrivateKey wallet,
    TaskRunner.Limits limits,
    int defaultCopies,
    int minCopies,
    Timing timing,
    boolean autoResume) {
  /// Waits and periods.
  ///
  /// @param progress how long a transfer may stand still
  /// @param sync how often states of all objects are refreshed
  /// @param pendingEnd how long before it expires an object counts as ending
  public record Timing(Duration progress, Duration sync, Duration pendingEnd) {
    /// The defaults of the specification.
    public static final Timing STANDARD =
        new Timing(Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofDays(1));
  }

  /// The defaults of the specification.
  public static UserConfig standard(HostConfig host, PrivateKey wallet) {
    return new UserConfig(host, wallet, new TaskRunner.Limits(5, 64), 5, 1, Timing.STANDARD, false);
  }

  /// Everything but the key.
  @Override
  public String toString() {
    return "UserConfig[" + host.name() + "]";
  }
}
