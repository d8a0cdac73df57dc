package io.ppio.data.seal;

import io.ppio.data.hash.Fields;
import io.ppio.data.hash.Hash;
import java.util.List;

/// `rid`: names one sealed copy and keys its seal. Nobody chooses it: it is derived after the
/// contract is fixed.
public record ReplicaId(Hash hash) {
  /// What a replica id binds (data and proofs specification 4.1).
  ///
  /// @param net first 4 bytes of the network id
  /// @param miner `L_ID`, the hash of the miner's 33-byte public key
  /// @param plainRoot `DT`
  /// @param tiles T
  /// @param beaconHeight `h_s`
  /// @param beacon `B(h_s)`
  public record Binding(
      int net,
      Hash miner,
      Hash contract,
      Hash plainRoot,
      int tiles,
      int copy,
      SealProfile profile,
      long beaconHeight,
      Hash beacon,
      Hash userSalt) {}

  /// The id of a copy.
  public static ReplicaId of(Binding binding) {
    return new ReplicaId(
        Hash.tagged(
            "ppio/replica/v1",
            new Fields()
                .u32(binding.net())
                .hash(binding.miner())
                .hash(binding.contract())
                .hash(binding.plainRoot())
                .u32(binding.tiles())
                .u8(binding.copy())
                .u8(binding.profile().id())
                .u64(binding.beaconHeight())
                .hash(binding.beacon())
                .hash(binding.userSalt())));
  }

  /// The hash by which a seal is committed to.
  ///
  /// @param layerRoots `T_1 … T_{L-1}` where the profile needs them, then RT
  public Hash commitment(SealProfile profile, List<Hash> layerRoots) {
    Fields fields = new Fields().hash(hash).u8(profile.layers());
    layerRoots.forEach(fields::hash);
    return Hash.tagged("ppio/seal/commit", fields);
  }

  @Override
  public String toString() {
    return hash.toString();
  }
}
