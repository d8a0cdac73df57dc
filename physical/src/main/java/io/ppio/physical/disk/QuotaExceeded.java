package io.ppio.physical.disk;

import java.io.IOException;

/// More space was asked for than the operator allows.
public final class QuotaExceeded extends IOException {
  private static final long serialVersionUID = 1;

  /// @param what for which the space was wanted
  /// @param wantedBytes bytes asked for
  /// @param freeBytes bytes left of the quota
  public QuotaExceeded(String what, long wantedBytes, long freeBytes) {
    super(what + " needs " + wantedBytes + " bytes, " + freeBytes + " are left of the quota");
  }
}
