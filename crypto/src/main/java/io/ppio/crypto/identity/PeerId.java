package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;
import java.util.HexFormat;

/// The name of a node: the identity multihash of its public key (network specification 1.1),
/// byte-identical to the libp2p peer id of that key. Ordered by its bytes.
@Form(
    "`00 25` (identity, 37 bytes) `08 02` (key type secp256k1) `12 21` (33 bytes follow) and the"
        + " compressed key: 39 bytes")
public record PeerId(Bytes bytes) implements Comparable<PeerId> {
  /// Bytes in a peer id.
  public static final int SIZE = 39;

  private static final Bytes PREFIX = Bytes.fromHex("002508021221");
  private static final int HEX_DIGITS = 2 * SIZE;

  /// Characters of the base58 form: 53 for every id of this prefix.
  private static final int BASE58_DIGITS_MAX = 54;

  /// @throws IllegalArgumentException unless it has the prefix and a point of the curve
  public PeerId {
    if (!hasForm(bytes) || !Secp256k1.get().isPoint(point(bytes).toArray())) {
      throw new IllegalArgumentException("no peer id");
    }
  }

  private static boolean hasForm(Bytes bytes) {
    return bytes.size() == SIZE && bytes.slice(0, PREFIX.size()).equals(PREFIX);
  }

  private static Bytes point(Bytes bytes) {
    return bytes.slice(PREFIX.size(), SIZE);
  }

  /// The peer id of a node with this key.
  public static PeerId of(PublicKey key) {
    byte[] bytes = new byte[SIZE];
    PREFIX.copyTo(bytes, 0);
    key.compressed().copyTo(bytes, PREFIX.size());
    return new PeerId(Bytes.of(bytes));
  }

  /// The peer id whose last 37 bytes are the identity key of a link: see
  /// [io.ppio.env.LinkIdentity#key].
  public static PeerId ofLinkKey(Bytes key) throws MalformedMessage {
    byte[] bytes = new byte[2 + key.size()];
    PREFIX.slice(0, 2).copyTo(bytes, 0);
    key.copyTo(bytes, 2);
    return decode(bytes);
  }

  /// The peer id in 39 bytes of a message.
  public static PeerId decode(byte[] encoded) throws MalformedMessage {
    Bytes bytes = Bytes.of(encoded);
    if (!hasForm(bytes)) {
      throw new MalformedMessage("peer id has a wrong length or prefix");
    }
    if (!Secp256k1.get().isPoint(point(bytes).toArray())) {
      throw new MalformedMessage("peer id holds no point of secp256k1");
    }
    return new PeerId(bytes);
  }

  /// The peer id that a person or a file wrote: 78 lower-case hexadecimal digits, or base58.
  public static PeerId parse(String text) throws MalformedMessage {
    if (text.length() == HEX_DIGITS) {
      return parseHex(text);
    }
    if (text.length() > BASE58_DIGITS_MAX) {
      throw new MalformedMessage("peer id has a wrong length");
    }
    return decode(Base58.decode(text));
  }

  private static PeerId parseHex(String text) throws MalformedMessage {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new MalformedMessage("peer id is not lower-case hexadecimal");
      }
    }
    return decode(HexFormat.of().parseHex(text));
  }

  /// The key in it.
  public PublicKey publicKey() {
    return new PublicKey(point(bytes));
  }

  /// The 37 bytes that a TLS identity binding carries.
  public Bytes linkKey() {
    return bytes.slice(2, SIZE);
  }

  /// `H(compressed key)`: the name of a node in proofs (`L_ID`).
  public Hash keyHash() {
    return Hash.sha256(point(bytes).toArray());
  }

  /// The account of the same key.
  public Account account() {
    return publicKey().account();
  }

  /// The textual address of the account of the same key, `ppio1…`.
  public String accountAddress() {
    return account().address();
  }

  /// 78 lower-case hexadecimal digits: the canonical text.
  public String hex() {
    return bytes.hex();
  }

  @Override
  public int compareTo(PeerId other) {
    return bytes.compareTo(other.bytes);
  }

  /// The first 8 bytes of the key, enough for a log line.
  @Override
  public String toString() {
    return point(bytes).toString();
  }
}
