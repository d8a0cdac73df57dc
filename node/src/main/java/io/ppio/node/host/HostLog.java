package io.ppio.node.host;

import io.ppio.env.Log;
import java.net.InetSocketAddress;

/// Events of what every role shares.
final class HostLog {
  private final Log log;

  HostLog(Log log) {
    this.log = log;
  }

  void started(String role, String peer, InetSocketAddress address) {
    log.info("node-started", "role", role, "peer", peer, "address", address);
  }

  void broken(String task, Exception reason) {
    log.error("node-broken", "task", task, "reason", reason);
  }

  void rightsTightened(Object path) {
    log.warn("rights-tightened", "path", path, "reason", "group or others could read it");
  }

  void directoryUnreachable(InetSocketAddress address, String reason) {
    log.debug("directory-unreachable", "address", address, "reason", reason);
  }

  void directoryLearned(int records) {
    log.debug("directory-learned", "records", records);
  }

  void beaconUnreachable(String peer, String reason) {
    log.debug("beacon-unreachable", "peer", peer, "reason", reason);
  }

  void beaconRefused(String peer, String reason) {
    log.warn("beacon-refused", "peer", peer, "reason", reason);
  }
}
