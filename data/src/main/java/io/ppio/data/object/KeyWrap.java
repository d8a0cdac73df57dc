package io.ppio.data.object;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// A key-encryption key: wraps object keys by RFC 3394 with AES-256 (data and proofs specification
/// 2.2).
///
/// Names enter as bytes. Immutable, safe for concurrent use; prints nothing of itself.
public final class KeyWrap {
  private static final byte[] SALT = "ppio/v1".getBytes(StandardCharsets.US_ASCII);
  private static final int SIZE = 32;

  private final SecretKeySpec kek;

  /// @param kek 32 bytes, wiped
  KeyWrap(byte[] kek) {
    this.kek = new SecretKeySpec(kek, "AES");
    Arrays.fill(kek, (byte) 0);
  }

  /// `KEK_user`.
  ///
  /// @param privateKey 32 bytes of the wallet key
  /// @param uid the user's id, which the key is bound to
  public static KeyWrap user(byte[] privateKey, Bytes uid) {
    Check.that(privateKey.length == SIZE, "a private key has 32 bytes");
    return derived(privateKey, "kek/user", uid);
  }

  private static KeyWrap derived(byte[] secret, String purpose, Bytes name) {
    byte[] info =
        new FixedWidth().bytes(purpose.getBytes(StandardCharsets.US_ASCII)).bytes(name).toArray();
    return new KeyWrap(ObjectKey.hkdf(secret, SALT, info));
  }

  /// Wraps an object key to 40 bytes.
  Bytes wrap(ObjectKey key) {
    byte[] plain = key.toArray();
    try {
      return Bytes.of(wrap(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /// Unwraps 40 bytes to an object key; empty when this key did not wrap them.
  Optional<ObjectKey> unwrap(Bytes wrapped) {
    return unwrap(wrapped, ObjectKey.SIZE)
        .map(plain -> {
          ObjectKey key = new ObjectKey(plain);
          Arrays.fill(plain, (byte) 0);
          return key;
        });
  }

  private byte[] wrap(byte[] plain) {
    try {
      Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
      cipher.init(Cipher.WRAP_MODE, kek);
      return cipher.wrap(new SecretKeySpec(plain, "RAW"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-KW takes any multiple of 8 bytes from 16", e);
    }
  }

  private Optional<byte[]> unwrap(Bytes wrapped, int size) {
    if (wrapped.size() != size + 8) {
      return Optional.empty();
    }
    Cipher cipher;
    try {
      cipher = Cipher.getInstance("AES/KW/NoPadding");
      cipher.init(Cipher.UNWRAP_MODE, kek);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-KW", e);
    }
    try {
      return Optional.of(cipher.unwrap(wrapped.toArray(), "RAW", Cipher.SECRET_KEY).getEncoded());
    } catch (GeneralSecurityException e) {
      // The integrity check failed: another key wrapped these bytes, or nobody did.
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "KeyWrap";
  }
}
