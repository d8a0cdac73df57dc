package io.ppio.network.peer;

/// What a node offers beyond its roles, one bit each (network specification 1.6).
public enum Capability {
  DHT_SERVER(0),
  RELAY(1),
  OBSERVER(2),
  DATAGRAMS(3),
  POD_SERVING(4),
  STREAMING_QOS(5),
  PEX(6),
  LIGHT_NODE(7);

  private final int position;

  Capability(int position) {
    this.position = position;
  }

  /// The bit in a set of capabilities.
  public long bit() {
    return 1L << position;
  }

  /// Whether the set `capabilities` has this one.
  public boolean in(long capabilities) {
    return (capabilities & bit()) != 0;
  }
}
