package io.ppio.data.object;

import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.Optional;

/// An object key as its owner's index record holds it.
///
/// @param mode who can open it
/// @param wrapped 40 bytes, or 48 in the mode that needs two keys
public record WrappedKey(WrapMode mode, Bytes wrapped) {
  public WrappedKey {
    Check.size(wrapped, mode.wrappedBytes(), "wrapped key");
  }

  /// Wraps for the user.
  public static WrappedKey forUser(ObjectKey key, KeyWrap user) {
    return new WrappedKey(WrapMode.USER, user.wrap(key));
  }

  /// The key, by the one key-encryption key of its mode; empty when that is another, or the mode
  /// needs two.
  public Optional<ObjectKey> open(KeyWrap kek) {
    return mode == WrapMode.APP_AND_USER ? Optional.empty() : kek.unwrap(wrapped);
  }
}
