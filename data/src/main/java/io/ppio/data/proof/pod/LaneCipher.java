package io.ppio.data.proof.pod;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// `R'_p = D_p ⊕ AES-256-CTR(K_j, counter block u64 p ‖ u64 0)`: ciphers and deciphers pieces.
///
/// The counter names the piece, so that pieces of several lanes combine after deciphering and no
/// key stream repeats within a lane. One cipher is kept and given a new counter for each piece.
/// Owned by one task.
public final class LaneCipher {
  private static final int AES_BLOCK = 16;

  private final Cipher cipher;

  /// A cipher of its own.
  public LaneCipher() {
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-CTR", e);
    }
  }

  /// Ciphers or deciphers a whole piece.
  ///
  /// @param key of the piece's window
  /// @param from 131,072 bytes
  /// @param to 131,072 bytes; may be `from`
  public void piece(Hash key, int piece, byte[] from, byte[] to) {
    apply(key, counter(piece, 0), from, to);
  }

  /// Ciphers or deciphers one block of 1,024 bytes; block 0 to 127 of the piece.
  public byte[] block(Hash key, int piece, int block, byte[] from) {
    byte[] to = new byte[Tile.BLOCK];
    apply(key, counter(piece, (long) block * (Tile.BLOCK / AES_BLOCK)), from, to);
    return to;
  }

  private static byte[] counter(int piece, long aesBlock) {
    return ByteBuffer.allocate(AES_BLOCK).putLong(piece).putLong(aesBlock).array();
  }

  private void apply(Hash key, byte[] counter, byte[] from, byte[] to) {
    try {
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.toArray(), "AES"),
          new IvParameterSpec(counter));
      cipher.doFinal(from, 0, from.length, to, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR over whole blocks", e);
    }
  }
}
