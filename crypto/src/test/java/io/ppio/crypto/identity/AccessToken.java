package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// An owner's leave for another to read one object (interface specification 6.2): 191 bytes,
/// little-endian.
///
/// `signature(65) object(32) 39u32 owner(39) 39u32 accessor(39) expiry(u64)`. The signature is the
/// owner's, over SHA-256 of everything behind it. Peer ids here wrap wallet keys.
///
/// Here rather than in the main sources: its known answers are published, but no command issues or
/// takes tokens yet.
///
/// @param expiry seconds since 1970 from which on it is void, unsigned
public record AccessToken(
    Signature signature, Hash object, PeerId owner, PeerId accessor, long expiry) {
  /// Bytes in a token.
  public static final int SIZE = 191;

  private static final int BODY_SIZE = SIZE - Signature.SIZE;

  /// A token signed with `owner`'s key.
  ///
  /// @param expiry seconds since 1970
  public static AccessToken issue(PrivateKey owner, Hash object, PeerId accessor, long expiry) {
    byte[] body = body(object, owner.peerId(), accessor, expiry);
    return new AccessToken(owner.sign(Hash.sha256(body)), object, owner.peerId(), accessor, expiry);
  }

  private static byte[] body(Hash object, PeerId owner, PeerId accessor, long expiry) {
    return ByteBuffer.allocate(BODY_SIZE)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(object.toArray())
        .putInt(PeerId.SIZE)
        .put(owner.bytes().toArray())
        .putInt(PeerId.SIZE)
        .put(accessor.bytes().toArray())
        .putLong(expiry)
        .array();
  }

  /// The token in 191 bytes; its signature is not checked yet.
  public static AccessToken decode(byte[] encoded) throws MalformedMessage {
    if (encoded.length != SIZE) {
      throw new MalformedMessage("access token must have " + SIZE + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    return new AccessToken(
        Signature.decode(take(in, Signature.SIZE)),
        Hash.of(take(in, Hash.SIZE)),
        peer(in),
        peer(in),
        in.getLong());
  }

  private static PeerId peer(ByteBuffer in) throws MalformedMessage {
    if (in.getInt() != PeerId.SIZE) {
      throw new MalformedMessage("access token has a peer id of another length");
    }
    return PeerId.decode(take(in, PeerId.SIZE));
  }

  private static byte[] take(ByteBuffer in, int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  /// The token that a person pasted: 382 hexadecimal digits.
  public static AccessToken parse(String hex) throws MalformedMessage {
    if (hex.length() != 2 * SIZE) {
      throw new MalformedMessage("access token must have " + 2 * SIZE + " digits");
    }
    try {
      return decode(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage("access token is not hexadecimal");
    }
  }

  /// The 191 bytes.
  public byte[] encode() {
    byte[] encoded = Arrays.copyOf(signature.bytes().toArray(), SIZE);
    System.arraycopy(body(object, owner, accessor, expiry), 0, encoded, Signature.SIZE, BODY_SIZE);
    return encoded;
  }

  /// 382 lower-case hexadecimal digits.
  public String hex() {
    return Bytes.of(encode()).hex();
  }

  /// Whether the owner signed it and it is not void at `now`. Whether the owner owns the object is
  /// for the caller to know.
  public boolean isValid(Instant now) {
    return Long.compareUnsigned(now.getEpochSecond(), expiry) < 0
        && signature.isBy(owner, Hash.sha256(body(object, owner, accessor, expiry)));
  }
}
