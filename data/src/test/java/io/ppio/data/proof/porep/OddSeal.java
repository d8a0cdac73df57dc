package io.ppio.data.proof.porep;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.seal.ReplicaId;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The layered AES seal written once more from the specification, with mistakes to choose from.
///
/// @param ivOfLayer which initial vector each of the eight layers uses
/// @param firstDescending whether the first layer runs from the end, and every other one after it
record OddSeal(List<Integer> ivOfLayer, boolean firstDescending) {
  private static final int BLOCK = 16;

  static OddSeal right() {
    return new OddSeal(List.of(1, 2, 3, 4, 5, 6, 7, 8), false);
  }

  static OddSeal withSwappedVectors() {
    return new OddSeal(List.of(2, 1, 4, 3, 6, 5, 8, 7), false);
  }

  static OddSeal withLayersTurnedRound() {
    return new OddSeal(List.of(1, 2, 3, 4, 5, 6, 7, 8), true);
  }

  byte[] seal(ReplicaId rid, int tile, byte[] plain) {
    byte[] at = plain.clone();
    for (int layer = 1; layer <= 8; layer++) {
      boolean descending = (layer % 2 == 0) != firstDescending;
      byte[] in = descending ? reversed(at) : at;
      byte[] out = pass(rid, tile, ivOfLayer.get(layer - 1), in);
      at = descending ? reversed(out) : out;
    }
    return at;
  }

  private static byte[] pass(ReplicaId rid, int tile, int layer, byte[] in) {
    try {
      Hash key = Hash.tagged("ppio/seal/key", new FixedWidth().hash(rid.hash()).u32(tile));
      Hash iv = Hash.tagged("ppio/seal/iv", new FixedWidth().hash(rid.hash()).u32(tile).u8(layer));
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.toArray(), "AES"),
          new IvParameterSpec(Arrays.copyOf(iv.toArray(), BLOCK)));
      return cipher.doFinal(in);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CBC over whole blocks", e);
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[Tile.SIZE];
    for (int at = 0; at < bytes.length; at += BLOCK) {
      System.arraycopy(bytes, at, out, bytes.length - BLOCK - at, BLOCK);
    }
    return out;
  }
}
