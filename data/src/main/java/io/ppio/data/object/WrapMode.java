package io.ppio.data.object;

import java.util.Optional;

/// For whom an object key is wrapped (data and proofs specification 2.2).
public enum WrapMode {
  /// The user's key alone opens it.
  USER(0, 40),
  /// The application's key alone opens it.
  APP(1, 40),
  /// Both are needed: wrapped for the user first, then for the application.
  APP_AND_USER(2, 48);

  private final int code;
  private final int wrappedBytes;

  WrapMode(int code, int wrappedBytes) {
    this.code = code;
    this.wrappedBytes = wrappedBytes;
  }

  /// The number in the owner's index record.
  public int code() {
    return code;
  }

  /// Bytes of a wrapped key.
  public int wrappedBytes() {
    return wrappedBytes;
  }

  /// The one of `code`; empty if there is none.
  public static Optional<WrapMode> of(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
