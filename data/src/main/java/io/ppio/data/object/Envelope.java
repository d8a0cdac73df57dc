package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.Optional;

/// An object key for one recipient of a granted object: `E33 ‖ KW(KEK, K_obj)`, 73 bytes, or 81
/// where the application's key must take part (data and proofs specification 2.2).
///
/// The Diffie-Hellman of E and the recipient's key is done by the caller, who makes [KeyWrap#share]
/// of it.
///
/// @param ephemeral the compressed public key E
/// @param wrapped 40 bytes, 48 if wrapped once more for the application
public record Envelope(Bytes ephemeral, Bytes wrapped) {
  public Envelope {
    Check.size(ephemeral, KeyWrap.POINT_SIZE, "ephemeral key");
    if (wrapped.size() != WrapMode.USER.wrappedBytes()) {
      Check.size(wrapped, WrapMode.APP_AND_USER.wrappedBytes(), "wrapped key");
    }
  }

  /// An envelope that the recipient opens alone.
  public static Envelope of(ObjectKey key, Bytes ephemeral, KeyWrap share) {
    return new Envelope(ephemeral, share.wrap(key));
  }

  /// An envelope that the recipient opens in the application only, for objects in
  /// [WrapMode#APP_AND_USER].
  public static Envelope withApp(ObjectKey key, Bytes ephemeral, KeyWrap share, KeyWrap app) {
    return new Envelope(ephemeral, app.wrapAgain(share.wrap(key)));
  }

  /// Whether the application's key is needed.
  public boolean needsApp() {
    return wrapped.size() == WrapMode.APP_AND_USER.wrappedBytes();
  }

  /// The key; empty when it was made for somebody else or needs the application.
  public Optional<ObjectKey> open(KeyWrap share) {
    return needsApp() ? Optional.empty() : share.unwrap(wrapped);
  }

  /// The key; empty when it was made for somebody else, for another application, or for none.
  public Optional<ObjectKey> open(KeyWrap share, KeyWrap app) {
    return needsApp() ? app.unwrapOuter(wrapped).flatMap(share::unwrap) : Optional.empty();
  }

  /// The 73 or 81 bytes.
  public Bytes encode() {
    return Bytes.of(new FixedWidth().bytes(ephemeral).bytes(wrapped).toArray());
  }

  /// The envelope in `bytes`, all of them. Whether E is a point is seen when it is used.
  public static Envelope decode(Bytes bytes) throws MalformedMessage {
    int wrapped = bytes.size() - KeyWrap.POINT_SIZE;
    if (wrapped != WrapMode.USER.wrappedBytes()
        && wrapped != WrapMode.APP_AND_USER.wrappedBytes()) {
      throw new MalformedMessage("envelope of wrong length");
    }
    return new Envelope(
        bytes.slice(0, KeyWrap.POINT_SIZE), bytes.slice(KeyWrap.POINT_SIZE, bytes.size()));
  }
}
