package io.ppio.data.object;

import io.ppio.data.hash.Fields;
import io.ppio.env.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Object keys wrapped for their owner or an application (data and proofs specification 2.2, RFC
/// 3394).
///
/// The names UID and `app_id` enter as bytes. Immutable, safe for concurrent use; [#toString] tells
/// nothing.
public final class KeyWrap {
  /// Wrap mode 0: the user's key alone opens it.
  public static final int USER = 0;

  /// Wrap mode 1: the application's key alone opens it.
  public static final int APP = 1;

  /// Wrap mode 2: both are needed.
  public static final int APP_AND_USER = 2;

  private static final byte[] SALT = "ppio/v1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] kek;

  private KeyWrap(byte[] kek) {
    this.kek = kek;
  }

  /// `KEK_user`.
  ///
  /// @param privateKey 32 bytes of the wallet key
  /// @param uid what the key is bound to
  public static KeyWrap user(byte[] privateKey, Bytes uid) {
    return derived(privateKey, "kek/user", uid);
  }

  /// `KEK_app`.
  public static KeyWrap app(byte[] secret, Bytes appId) {
    return derived(secret, "kek/app", appId);
  }

  private static KeyWrap derived(byte[] secret, String purpose, Bytes name) {
    byte[] info =
        new Fields().bytes(purpose.getBytes(StandardCharsets.US_ASCII)).bytes(name).toArray();
    return new KeyWrap(ObjectKey.hkdf(secret, SALT, info));
  }

  /// Wraps 32 bytes to 40, or 40 to 48.
  public Bytes wrap(Bytes plain) {
    try {
      Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
      cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(kek, "AES"));
      return Bytes.of(cipher.wrap(new SecretKeySpec(plain.toArray(), "RAW")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-KW takes any multiple of 8 bytes from 16", e);
    }
  }

  /// Unwraps; empty when the bytes were not wrapped by this key.
  public Optional<Bytes> unwrap(Bytes wrapped) {
    try {
      Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
      cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(kek, "AES"));
      return Optional.of(
          Bytes.of(cipher.unwrap(wrapped.toArray(), "RAW", Cipher.SECRET_KEY).getEncoded()));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
