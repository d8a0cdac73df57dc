package io.ppio.data.seal;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Check;
import java.util.List;

/// `rid`: names one sealed copy and keys its seal. Nobody chooses it: it is derived after the
/// contract is fixed.
public record ReplicaId(Hash hash) {
  /// What a replica id binds (data and proofs specification 4.1). Contract, plain root and miner
  /// are fixed before the beacon is drawn, so no party can choose an id.
  ///
  /// @param net first 4 bytes of the network id
  /// @param miner `L_ID`, the hash of the miner's 33-byte public key
  /// @param plainRoot `DT`
  /// @param tiles T, 1 to 128
  /// @param copy 0 to 255
  /// @param beaconHeight `h_s`
  /// @param beacon `B(h_s)`
  /// @param userSalt of the order, may be zero
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
      Hash userSalt) {
    public Binding {
      Check.range(tiles, 1, Tile.PER_SEGMENT_MAX, "tiles");
      Check.range(copy, 0, 255, "copy");
    }
  }

  /// The id of a copy.
  public static ReplicaId of(Binding binding) {
    return new ReplicaId(
        Hash.tagged(
            "ppio/replica/v1",
            new FixedWidth()
                .u32(binding.net())
                .hash(binding.miner())
                .hash(binding.contract())
                .hash(binding.plainRoot())
                .u32(binding.tiles())
                .u8(binding.copy())
                .u8(binding.profile().code())
                .u64(binding.beaconHeight())
                .hash(binding.beacon())
                .hash(binding.userSalt())));
  }

  /// `K` of a tile whose chain is its own: the AES key of AES-LC.
  Hash tileKey(int tile) {
    return Hash.tagged("ppio/seal/key", new FixedWidth().hash(hash).u32(tile));
  }

  /// `IV_ℓ` of a domain.
  ///
  /// @param domain number of the tile in a profile that seals tiles, 0 in one that seals segments
  /// @param layer from 1
  Hash initialVector(int domain, int layer) {
    return Hash.tagged("ppio/seal/iv", new FixedWidth().hash(hash).u32(domain).u8(layer));
  }

  /// The hash by which a seal is committed to.
  ///
  /// @param layerRoots `T_1 … T_{L-1}` where the profile needs them, then RT
  public Hash commitment(SealProfile profile, List<Hash> layerRoots) {
    FixedWidth fields = new FixedWidth().hash(hash).u8(profile.layers());
    layerRoots.forEach(fields::hash);
    return Hash.tagged("ppio/seal/commit", fields);
  }

  @Override
  public String toString() {
    return hash.toString();
  }
}
