package io.ppio.node.miner;

/// What became of one effect in the life of a copy.
sealed interface StepResult {
  /// It is done, and this has happened.
  record Done(CopyState.Event event) implements StepResult {}

  /// It cannot be done now.
  record Later(String why) implements StepResult {}

  /// A tile of the copy is not what was stored.
  record Damaged(int tile) implements StepResult {}
}
