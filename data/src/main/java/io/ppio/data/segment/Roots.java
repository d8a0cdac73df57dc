package io.ppio.data.segment;

import io.ppio.crypto.hash.Hash;
import java.util.List;

/// The Merkle roots of a segment before, between and after the layers of its seal.
///
/// @param dt DT = T_0, root of the unsealed form D
/// @param layers T_1 to T_(L-1), roots of the layers between; none for codecs that do not report
///   them
/// @param rt RT = T_L, root of the sealed form R
public record Roots(Hash dt, List<Hash> layers, Hash rt) {
  /// Layers between that a record may name.
  public static final int LAYERS_MAX = 64;

  public Roots {
    layers = List.copyOf(layers);
    io.ppio.env.Check.range(layers.size(), 0, LAYERS_MAX, "layers");
  }
}
