package io.ppio.data.proof.pod;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// What shows that a lane's key opens garbage: one wrong piece, judged by deciphering it (data and
/// proofs specification 5.2, row 9).
///
/// @param piece its number in the segment
/// @param key K_j of the piece's window
/// @param keyPath of `H(K_j)` to key_root
/// @param ciphered the piece as received, 131,072 bytes
/// @param cipheredPath its path to R'T
/// @param plainTileRoot the tile root of the true piece
/// @param plainPath its path to DT
public record WindowDispute(
    int piece,
    Hash key,
    List<Hash> keyPath,
    Bytes ciphered,
    MerklePath cipheredPath,
    Hash plainTileRoot,
    MerklePath plainPath) {
  public WindowDispute {
    keyPath = List.copyOf(keyPath);
    Check.size(ciphered, Tile.SIZE, "ciphered piece");
  }

  /// Whether it shows that the miner of a lane with the commitments `lane` ciphered something else
  /// than D. False for anything that is not fully proven.
  public boolean isUpheld(Delivery lane) {
    Windows windows = lane.windows();
    if (piece < 0 || piece >= windows.pieces()) {
      return false;
    }
    byte[] bytes = ciphered.toArray();
    TileHasher hasher = new TileHasher();
    Hash keyLeaf = ListRoot.leaf(LaneKeys.keyHash(key).toArray());
    boolean committed =
        ListRoot.proves(keyLeaf, windows.of(piece), windows.count(), keyPath, lane.keyRoot())
            && lane.isCiphered(piece, hasher.root(bytes, 0), cipheredPath)
            && lane.isPlain(piece, plainTileRoot, plainPath);
    if (!committed) {
      return false;
    }
    new LaneCipher().piece(key, piece, bytes, bytes);
    return !hasher.root(bytes, 0).equals(plainTileRoot);
  }
}
