package io.ppio.network.peer;

import io.ppio.crypto.canonical.Coded;

/// How a node can be reached from outside (network specification 3.1).
public enum NatClass implements Coded {
  UNKNOWN(0),
  PUBLIC(1),
  FULL_CONE(2),
  ADDR_RESTRICTED(3),
  PORT_RESTRICTED(4),
  SYMMETRIC(5),
  UDP_BLOCKED(6),
  MULTI_IP(7);

  private final int code;

  NatClass(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
