package io.ppio.data.staging;

import io.ppio.crypto.hash.Hash;

/// What became of [Upload#stage].
public sealed interface StageResult {
  /// The whole segment is durable: the StageAck may be sent.
  record Staged() implements StageResult {}

  /// Tiles are missing.
  ///
  /// @param tiles how many
  record Incomplete(int tiles) implements StageResult {}

  /// All tiles are there and make another root.
  ///
  /// @param found the root they make
  record OtherRoot(Hash found) implements StageResult {}
}
