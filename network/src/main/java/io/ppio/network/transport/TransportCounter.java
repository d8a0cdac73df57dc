package io.ppio.network.transport;

import io.ppio.env.Counter;

/// What every node counts of its links and tunnels since its start.
public enum TransportCounter implements Counter {
  TUNNELS_DIALLED("tunnels", "dialled and greeted"),
  TUNNELS_ACCEPTED("tunnels", "accepted and greeted"),
  DIALS_FAILED("attempts", "addresses that did not lead to the peer"),
  GREETINGS_REJECTED("links", "rejected for network, version, clock, identity or limits"),
  BYTES_SENT("bytes", "given to links, encryption not counted"),
  BYTES_RECEIVED("bytes", "taken from links, encryption not counted"),
  VIOLATIONS("events", "rules of the transport broken by peers"),
  CALLS("requests", "sent"),
  CALLS_FAILED("requests", "sent and not answered with OK"),
  REQUESTS_SERVED("requests", "of peers that a service answered"),
  REQUESTS_ABANDONED("requests", "of peers that left, or ran out of time, before the end"),
  REQUESTS_OVERLOADED("requests", "of peers refused for their number or rate"),
  SERVICE_FAILURES("requests", "of peers that failed by our fault");

  private final String unit;
  private final String meaning;

  TransportCounter(String unit, String meaning) {
    this.unit = unit;
    this.meaning = meaning;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
