package io.ppio.env;

/// Where a node's events go: a name, then key and value pairs.
///
/// Used only by the one `...Log` class of each package, which fixes wording and level in one place.
/// Values are never secrets; the caller passes identifiers shortened where a full one is of no use
/// to a reader.
public interface Log {
  /// An event an operator can read in normal operation.
  ///
  /// @param pairs alternating keys (lower-case-with-dashes) and values
  void info(String event, Object... pairs);

  /// Something is wrong and the node goes on without help.
  void warn(String event, Object... pairs);

  /// Something is wrong and wants an operator.
  void error(String event, Object... pairs);

  /// Detail for someone who looks for a fault.
  void debug(String event, Object... pairs);
}
