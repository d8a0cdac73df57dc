package io.ppio.data.seal;

import java.util.Optional;

/// How a copy is sealed, as the storage order names it (data and proofs specification 4.4).
///
/// Codes 4 to 14 are reserved. Layers are set by governance; a replica keeps those it was sealed
/// with.
public enum SealProfile {
  /// Not sealed; never paid for space.
  RAW(0, 0, 0),
  /// Layered AES chain, tile by tile: unique copies, cheap to unseal, no consensus power.
  FAST(1, 8, 0),
  /// Modular square roots over a segment, two layers.
  STANDARD(2, 2, 1),
  /// The same with six layers.
  STRONG(3, 6, 1),
  /// The same with one layer, for tests; a main network refuses it.
  TEST(15, 1, 0);

  private final int code;
  private final int layers;
  private final int weight;

  SealProfile(int code, int layers, int weight) {
    this.code = code;
    this.layers = layers;
    this.weight = weight;
  }

  /// The profile byte of orders and replica ids.
  public int code() {
    return code;
  }

  /// Number of layers.
  public int layers() {
    return layers;
  }

  /// `w_seal`: 1 if its bytes carry consensus power, else 0. The genesis of a local network may set
  /// the one of [#FAST] to 1.
  public int weight() {
    return weight;
  }

  /// Whether each tile is sealed by itself. If not, unsealing one tile may read the whole segment,
  /// and the roots of the inner layers are part of the commitment.
  public boolean tileLocal() {
    return this == RAW || this == FAST;
  }

  /// How many roots a commitment to a seal names: RT alone, or `T_1 … T_{L-1}` and RT.
  public int committedRoots() {
    return tileLocal() ? 1 : layers;
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
