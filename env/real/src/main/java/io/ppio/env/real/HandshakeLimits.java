package io.ppio.env.real;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the incoming handshakes in flight, in all and for each address: they cost us signatures
/// before the peer has proven anything. Safe for use by any number of event loops.
final class HandshakeLimits {
  static final int TOTAL_MAX = 256;
  static final int PER_ADDRESS_MAX = 16;

  /// Those of the process.
  static final HandshakeLimits OF_PROCESS = new HandshakeLimits();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int total;

  /// Admits a handshake with `address`, to be followed by one [#leave].
  ///
  /// @return false when there are too many; nothing is to be left then
  boolean enter(InetAddress address) {
    lock.lock();
    try {
      int there = byAddress.getOrDefault(address, 0);
      boolean crowded = there >= PER_ADDRESS_MAX && !address.isLoopbackAddress();
      if (total >= TOTAL_MAX || crowded) {
        return false;
      }
      total++;
      byAddress.put(address, there + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// A handshake that was admitted has ended.
  void leave(InetAddress address) {
    lock.lock();
    try {
      total--;
      byAddress.computeIfPresent(address, (_, there) -> there == 1 ? null : there - 1);
    } finally {
      lock.unlock();
    }
  }
}
