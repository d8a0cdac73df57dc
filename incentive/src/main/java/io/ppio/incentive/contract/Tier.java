package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.Coded;

/// The medium that a miner stores on. Numbers on the wire are fixed.
public enum Tier implements Coded {
  /// Not told.
  UNKNOWN(0),
  /// Flash.
  SSD(1),
  /// Spinning disk.
  HDD(2),
  /// Slow to read.
  ARCHIVE(3);

  private final int code;

  Tier(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
