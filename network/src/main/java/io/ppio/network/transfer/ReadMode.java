package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;

/// How pieces are given: as they are, or ciphered for a proof of download.
public enum ReadMode {
  PLAIN(1),
  POD(2);

  private final int code;

  ReadMode(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  static ReadMode read(CanonicalReader in, int field) throws MalformedMessage {
    return switch (in.u32(field)) {
      case 1 -> PLAIN;
      case 2 -> POD;
      default -> throw new MalformedMessage("unknown mode");
    };
  }
}
