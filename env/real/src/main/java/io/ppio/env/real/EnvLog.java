package io.ppio.env.real;

import io.ppio.env.Log;
import java.net.InetSocketAddress;

/// What this package tells an operator.
final class EnvLog {
  private final Log log;

  EnvLog(Log log) {
    this.log = log;
  }

  /// A task that nobody waits for has failed; the others of its scope go on.
  void taskFailed(String scope, String task, Throwable failure) {
    if (failure instanceof Exception && !(failure instanceof RuntimeException)) {
      log.warn("task-failed", "scope", scope, "task", task, "reason", failure);
    } else {
      log.error("task-failed", "scope", scope, "task", task, "reason", failure);
    }
  }

  /// An incoming link did not get through its handshake. At debug: anyone can cause it.
  void handshakeFailed(InetSocketAddress remote, long failedSoFar, String reason) {
    log.debug("handshake-failed", "remote", remote, "failed", failedSoFar, "reason", reason);
  }

  /// An incoming link was dropped because too many are at their handshake or not accepted yet.
  void linkDropped(InetSocketAddress remote, String reason) {
    log.debug("link-dropped", "remote", remote, "reason", reason);
  }
}
