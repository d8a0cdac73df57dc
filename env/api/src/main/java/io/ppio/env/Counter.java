package io.ppio.env;

import java.util.Locale;

/// One figure that a node shows its operator: a count since the start of the node, or how things
/// stand now. Implemented by an enum per role, `NAME("unit", "meaning")` each, from which
/// `docs/reference/counters.md` is made.
public interface Counter {
  /// Name of the constant.
  String name();

  /// What is counted.
  String unit();

  /// One phrase for the reader of a chart.
  String meaning();

  /// The name in status files: `PIECES_SERVED` as `pieces-served`.
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
