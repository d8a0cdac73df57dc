package io.ppio.network.transport;

import io.ppio.network.wire.Status;

/// Thrown by a [Service] to answer with a failure; the same as [Exchange#refuse], from deeper down.
public final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final Status status;

  /// @param status anything but [Status#OK]
  /// @param detail what is wrong, for the peer to read
  public Refused(Status status, String detail) {
    super(detail);
    this.status = status;
  }

  /// Refuses with `status` unless `holds`.
  public static void unless(boolean holds, Status status, String detail) throws Refused {
    if (!holds) {
      throw new Refused(status, detail);
    }
  }

  /// What the peer is told.
  public Status status() {
    return status;
  }
}
