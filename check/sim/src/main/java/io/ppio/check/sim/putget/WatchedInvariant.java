package io.ppio.check.sim.putget;

import io.ppio.env.simulated.Invariant;
import java.util.Optional;

/// An invariant whose violation is noted in the moment in which it is seen; the first one counts.
abstract class WatchedInvariant implements Invariant {
  private Optional<String> violation = Optional.empty();

  /// Notes how it is not so.
  final void violate(String how) {
    if (violation.isEmpty()) {
      violation = Optional.of(how);
    }
  }

  /// Looks at what has changed since the last call.
  void look() {}

  @Override
  public final Optional<String> violated() {
    look();
    return violation;
  }
}
