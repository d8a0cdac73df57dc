package io.ppio.env.simulated;

import java.util.List;

/// Something on a disk with changes that a crash may lose.
interface Unforced {
  /// Sequence numbers of the changes not forced, ascending.
  List<Long> unforced();

  /// Becomes what is found after a crash.
  void crash(Crash crash);
}
