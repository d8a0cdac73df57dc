package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Link;
import io.ppio.env.Log;
import io.ppio.network.wire.Method;
import java.net.InetSocketAddress;
import java.time.Duration;

/// The events of this package.
final class TransportLog {
  private final Log log;

  TransportLog(Log log) {
    this.log = log;
  }

  void listening(InetSocketAddress address) {
    log.info("peers-listening", "address", address);
  }

  void tunnelOpened(Tunnel tunnel) {
    Link link = tunnel.mux().link();
    log.debug(
        "tunnel-opened",
        "peer",
        tunnel.peer(),
        "address",
        link.remote(),
        "index",
        tunnel.index(),
        "dialled",
        link.dialled());
  }

  void tunnelClosed(Tunnel tunnel, String reason) {
    log.debug(
        "tunnel-closed",
        "peer",
        tunnel.peer(),
        "index",
        tunnel.index(),
        "reason",
        reason,
        "sent",
        tunnel.mux().sent(),
        "received",
        tunnel.mux().received());
  }

  void otherNetwork(PeerId peer, InetSocketAddress address) {
    log.warn(
        "peer-of-another-network",
        "peer",
        peer,
        "address",
        address,
        "advice",
        "compare the genesis files of both nodes");
  }

  void greetingFailed(InetSocketAddress address, String reason) {
    log.debug("peer-greeting-failed", "address", address, "reason", reason);
  }

  void greetingBroken(InetSocketAddress address, RuntimeException reason) {
    log.error("peer-greeting-broken", "address", address, "reason", reason);
  }

  void violation(PeerId peer, String what) {
    log.warn("peer-violation", "peer", peer, "what", what);
  }

  void banned(PeerId peer, Duration time) {
    log.warn("peer-banned", "peer", peer, "time", time);
  }

  void clockApart(PeerId peer, Duration skew) {
    log.warn("peer-clock-apart", "peer", peer, "skew", skew);
  }

  void serviceFailed(Exchange exchange, Exception reason) {
    log.error(
        "service-failed",
        "method",
        exchange.method(),
        "peer",
        exchange.peer(),
        "trace",
        Long.toHexString(exchange.trace()),
        "reason",
        reason);
  }

  void callFailed(Method method, PeerId peer, long trace, String reason) {
    log.debug(
        "call-failed",
        "method",
        method,
        "peer",
        peer,
        "trace",
        Long.toHexString(trace),
        "reason",
        reason);
  }

  void acceptEnded(InetSocketAddress address, String reason) {
    log.debug("peers-accept-ended", "address", address, "reason", reason);
  }
}
