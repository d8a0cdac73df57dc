package io.ppio.data.object;

import io.ppio.env.Check;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// `K_obj`, the random key of one object version, and what follows from it (data and proofs
/// specification 2.1).
///
/// Whoever has it can read the object for ever. Never printed; [#close] wipes it, after which every
/// use fails, so that nothing is ever encrypted under zeros. Safe for concurrent use until closed.
public final class ObjectKey implements AutoCloseable {
  /// Bytes of a key.
  public static final int SIZE = 32;

  private static final byte[] NO_SALT = {};

  private final byte[] key;
  private volatile boolean closed;

  /// @param key 32 bytes, copied; from `env.secret(32)` for a new object version
  public ObjectKey(byte[] key) {
    Check.that(key.length == SIZE, "an object key has 32 bytes");
    this.key = key.clone();
  }

  /// A copy of the key itself, for wrapping; the caller wipes it.
  public byte[] toArray() {
    return key().clone();
  }

  /// `K_enc`.
  byte[] encryptionKey() {
    return hkdf(key(), NO_SALT, "ppio/enc/v1".getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] key() {
    Check.that(!closed, "the object key was closed");
    return key;
  }

  /// HKDF-SHA256 to 32 bytes; an empty salt stands for 32 zero bytes.
  static byte[] hkdf(byte[] input, byte[] salt, byte[] purpose) {
    try {
      HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(input);
      if (salt.length > 0) {
        extract.addSalt(salt);
      }
      return KDF.getInstance("HKDF-SHA256").deriveData(extract.thenExpand(purpose, SIZE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK 25 has HKDF-SHA256", e);
    }
  }

  /// Says that it is a key and nothing of it.
  @Override
  public String toString() {
    return "ObjectKey";
  }

  /// Wipes the key. Idempotent.
  @Override
  public void close() {
    closed = true;
    Arrays.fill(key, (byte) 0);
  }
}
