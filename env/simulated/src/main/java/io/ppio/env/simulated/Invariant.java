package io.ppio.env.simulated;

import java.util.Optional;

/// Something that must always be so in a world.
///
/// Checked on the world's thread between two events; must change nothing and cannot wait.
public interface Invariant {
  /// What must be so, in a few words.
  String name();

  /// How it is not so; empty when it is.
  Optional<String> violated();
}
