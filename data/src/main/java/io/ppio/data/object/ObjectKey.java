package io.ppio.data.object;

import io.ppio.data.hash.Hash;
import io.ppio.env.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// `K_obj`, the random key of one object version, and what follows from it (data and proofs
/// specification 2.1).
///
/// Whoever has it can read the object for ever. Never printed; [#close] wipes it.
public final class ObjectKey implements AutoCloseable {
  /// Bytes of a key.
  public static final int SIZE = 32;

  private final byte[] key;

  /// @param key 32 bytes, copied
  public ObjectKey(byte[] key) {
    io.ppio.env.Check.that(key.length == SIZE, "an object key has 32 bytes");
    this.key = key.clone();
  }

  /// A copy of the key itself, for wrapping.
  public byte[] toArray() {
    return key.clone();
  }

  /// `K_enc`.
  byte[] encryptionKey() {
    return hkdf(
        key, new byte[0], "ppio/enc/v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /// `K_mac`.
  byte[] macKey() {
    return hkdf(
        key, new byte[0], "ppio/mac/v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /// `KC`: commits to the key without telling it.
  public Hash commitment() {
    return Hash.tagged("ppio/kc/v1", key);
  }

  /// HKDF-SHA256 to 32 bytes.
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

  /// The commitment, never the key.
  @Override
  public String toString() {
    return "ObjectKey[" + commitment() + "]";
  }

  /// Wipes the key. Idempotent.
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }

  /// The key as an immutable value, for tests of equality and records that must hold it.
  public Bytes bytes() {
    return Bytes.of(key);
  }
}
