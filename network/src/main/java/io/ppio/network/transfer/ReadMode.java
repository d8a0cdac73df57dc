package io.ppio.network.transfer;

import io.ppio.crypto.canonical.Coded;

/// How pieces are given: as they are, or ciphered for a proof of download.
public enum ReadMode implements Coded {
  PLAIN(1),
  POD(2);

  private final int code;

  ReadMode(int code) {
    this.code = code;
  }

  /// The number on the wire.
  @Override
  public int code() {
    return code;
  }
}
