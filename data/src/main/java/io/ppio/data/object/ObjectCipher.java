package io.ppio.data.object;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.env.Check;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-CTR over the segments of one object: encryption and decryption are the same (data and
/// proofs specification 2.1).
///
/// The counter block of byte `o` of segment `s` is `u64(s) ‖ u64(o/16)`, so any range can be done
/// alone, a tile as well as a single byte. A segment has at most 2^20 blocks and a key serves one
/// object version, so no counter repeats under a key. There is no tag: what was decrypted must have
/// been checked against the segment's root before. Owned by one task.
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
    byte[] encryption = key.encryptionKey();
    this.key = new SecretKeySpec(encryption, "AES");
    Arrays.fill(encryption, (byte) 0);
  }

  /// Transforms `length` bytes of `bytes` from `at` in place, which stand at `offset` of `segment`.
  ///
  /// @param offset 0 to 16 MiB less `length`, not necessarily a multiple of anything
  public void apply(int segment, long offset, byte[] bytes, int at, int length) {
    apply(segment, offset, ByteBuffer.wrap(bytes, at, length));
  }

  /// Transforms what remains in `bytes` in place, which stands at `offset` of `segment`; the
  /// position ends at the limit.
  ///
  /// @param bytes on the heap or off it, not read-only
  public void apply(int segment, long offset, ByteBuffer bytes) {
    Check.range(segment, 0, Integer.MAX_VALUE, "segment");
    Check.range(offset, 0, ObjectLayout.SEGMENT - (long) bytes.remaining(), "offset");
    byte[] counter = new FixedWidth().u64(segment).u64(offset / BLOCK).toArray();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      int skip = (int) (offset % BLOCK);
      if (skip > 0) {
        cipher.update(new byte[skip], 0, skip, new byte[BLOCK], 0);
      }
      cipher.doFinal(bytes.duplicate(), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR keeps the length and takes any 32-byte key", e);
    }
  }
}
