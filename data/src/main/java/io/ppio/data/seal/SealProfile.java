package io.ppio.data.seal;

import java.util.Optional;

/// How a copy is sealed, as the storage order names it (data and proofs specification 4.4).
///
/// Codes 4 to 14 are reserved. Layers are set by governance; a replica keeps those it was sealed
/// with.
public enum SealProfile {
  /// Not sealed; never paid for space.
  RAW(0, 0),
  /// Layered AES chain, tile by tile: unique copies, cheap to unseal, no consensus power.
  FAST(1, 8),
  /// Modular square roots over a segment, two layers.
  STANDARD(2, 2),
  /// The same with six layers.
  STRONG(3, 6),
  /// The same with one layer, for tests; a main network refuses it.
  TEST(15, 1);

  private final int code;
  private final int layers;

  SealProfile(int code, int layers) {
    this.code = code;
    this.layers = layers;
  }

  /// The profile byte of orders and replica ids.
  public int code() {
    return code;
  }

  /// Number of layers.
  public int layers() {
    return layers;
  }

  /// The profile of `code`; empty if there is none.
  public static Optional<SealProfile> of(int code) {
    for (SealProfile profile : values()) {
      if (profile.code == code) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
