package io.ppio.network.peer;

import io.ppio.crypto.canonical.MalformedMessage;

/// How a node can be reached from outside (network specification 3.1); in the order of their
/// numbers.
public enum NatClass {
  UNKNOWN(0),
  PUBLIC(1),
  FULL_CONE(2),
  ADDR_RESTRICTED(3),
  PORT_RESTRICTED(4),
  SYMMETRIC(5),
  UDP_BLOCKED(6),
  MULTI_IP(7);

  private static final NatClass[] BY_CODE = values();

  private final int code;

  NatClass(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  static NatClass of(int code) throws MalformedMessage {
    if (code < 0 || code >= BY_CODE.length) {
      throw new MalformedMessage("unknown NAT class");
    }
    return BY_CODE[code];
  }
}
