package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import org.bouncycastle.crypto.digests.SHA3Digest;

/// The text of an account (interface specification 6.1): base58 of a 4-byte header, the account,
/// and the first 4 bytes of SHA3-256 of both.
final class Address {
  private static final Bytes HEADER = Bytes.fromHex("502a8d78");
  private static final int CHECKSUM_SIZE = 4;
  private static final int SIZE = 4 + Account.SIZE + CHECKSUM_SIZE;

  /// Characters of every address, given the header.
  private static final int DIGITS = 38;

  private Address() {}

  static String format(Account account) {
    byte[] bytes = new byte[SIZE];
    HEADER.copyTo(bytes, 0);
    account.bytes().copyTo(bytes, HEADER.size());
    checksum(bytes).copyTo(bytes, SIZE - CHECKSUM_SIZE);
    return Base58.encode(bytes);
  }

  static Account parse(String text) throws MalformedMessage {
    if (text.length() != DIGITS) {
      throw new MalformedMessage("address must have " + DIGITS + " characters");
    }
    byte[] decoded = Base58.decode(text);
    Bytes bytes = Bytes.of(decoded);
    if (bytes.size() != SIZE || !bytes.slice(0, HEADER.size()).equals(HEADER)) {
      throw new MalformedMessage("address does not begin with ppio1");
    }
    if (!bytes.slice(SIZE - CHECKSUM_SIZE, SIZE).equals(checksum(decoded))) {
      throw new MalformedMessage("address has a wrong checksum");
    }
    return new Account(bytes.slice(HEADER.size(), SIZE - CHECKSUM_SIZE));
  }

  private static Bytes checksum(byte[] address) {
    byte[] covered = java.util.Arrays.copyOf(address, SIZE - CHECKSUM_SIZE);
    return Bytes.of(sha3(covered), 0, CHECKSUM_SIZE);
  }

  /// SHA3-256 (FIPS 202, not Keccak).
  static byte[] sha3(byte[]... parts) {
    SHA3Digest digest = new SHA3Digest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
}
