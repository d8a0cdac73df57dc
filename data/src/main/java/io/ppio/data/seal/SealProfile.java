package io.ppio.data.seal;

import java.util.Optional;

/// How a copy is sealed, as the storage order names it (data and proofs specification 4.4).
public enum SealProfile {
  /// Not sealed; never paid for space.
  RAW(0, 0),
  /// Layered AES chain, tile by tile: unique copies, cheap to unseal, no consensus power.
  FAST(1, 8),
  /// Modular square roots over a segment, two layers.
  STANDARD(2, 2),
  /// The same with six layers.
  STRONG(3, 6);

  private final int id;
  private final int layers;

  SealProfile(int id, int layers) {
    this.id = id;
    this.layers = layers;
  }

  /// The profile byte of orders and replica ids.
  public int id() {
    return id;
  }

  /// Number of layers.
  public int layers() {
    return layers;
  }

  /// The profile of `id`; empty if there is none.
  public static Optional<SealProfile> of(int id) {
    for (SealProfile profile : values()) {
      if (profile.id == id) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }
}
