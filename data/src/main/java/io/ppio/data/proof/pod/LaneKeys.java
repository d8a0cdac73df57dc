package io.ppio.data.proof.pod;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import java.util.List;
import java.util.stream.IntStream;

/// The keys of a lane's windows, all of which follow from its secret.
///
/// @param secret lane_secret: 32 random bytes that only the miner and the key holder know
/// @param windows how the segment is cut
public record LaneKeys(Hash secret, Windows windows) {
  /// `TH("ppio/lane/1", channel ‖ L_ID ‖ segment)`: the name of a lane.
  ///
  /// @param miner L_ID, the hash of the miner's public key
  public static Hash lane(Hash channel, Hash miner, Hash segment) {
    return Hash.tagged("ppio/lane/1", new FixedWidth().hash(channel).hash(miner).hash(segment));
  }

  /// `K_j = TH("ppio/winkey", lane_secret ‖ u32 j)`.
  public Hash key(int window) {
    return Hash.tagged("ppio/winkey", new FixedWidth().hash(secret).u32(window));
  }

  /// `H(K_j)` of every window, in order.
  public List<Hash> keyHashes() {
    return IntStream.range(0, windows.count()).mapToObj(j -> keyHash(key(j))).toList();
  }

  /// `key_root`, which commits to every key.
  public Hash keyRoot() {
    return keyRoot(keyHashes());
  }

  /// `H(K_j)`, by which a key is known before it is shown.
  public static Hash keyHash(Hash key) {
    return Hash.sha256(key.toArray());
  }

  /// The list root of key hashes.
  public static Hash keyRoot(List<Hash> keyHashes) {
    return ListRoot.of(keyHashes.stream().map(Hash::toArray).toList());
  }

  /// Everything but the secret.
  @Override
  public String toString() {
    return "LaneKeys[" + windows + "]";
  }
}
