package io.ppio.data.object;

import io.ppio.data.hash.Fields;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-CTR over the segments of one object: encryption and decryption are the same.
///
/// The counter block of byte `o` of segment `s` is `u64(s) ‖ u64(o/16)`, so any range can be done
/// alone. A segment has at most 2^20 blocks and a key serves one object version, so no counter
/// repeats under a key. Owned by one task.
public final class ObjectCipher {
  private static final int BLOCK = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;

  public ObjectCipher(ObjectKey key) {
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-CTR", e);
    }
    this.key = new SecretKeySpec(key.encryptionKey(), "AES");
  }

  /// Transforms `length` bytes of `bytes` from `at` in place, which stand at `offset` of `segment`.
  public void apply(int segment, long offset, byte[] bytes, int at, int length) {
    try {
      byte[] counter = new Fields().u64(segment).u64(offset / BLOCK).toArray();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      int skip = (int) (offset % BLOCK);
      if (skip > 0) {
        cipher.update(new byte[skip], 0, skip, new byte[BLOCK], 0);
      }
      cipher.doFinal(bytes, at, length, bytes, at);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("a stream cipher keeps the length", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR takes any key of 32 bytes", e);
    }
  }
}
