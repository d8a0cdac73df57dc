package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/// An account of the ledger, ordered by its bytes.
@Form("RIPEMD-160(SHA3-256(uncompressed public key)): 20 bytes")
public record Account(Bytes bytes) implements Comparable<Account> {
  /// Bytes in an account.
  public static final int SIZE = 20;

  public Account {
    Check.size(bytes, SIZE, "account");
  }

  /// The account of `key`.
  public static Account of(PublicKey key) {
    byte[] inner = Address.sha3(key.uncompressed().toArray());
    RIPEMD160Digest outer = new RIPEMD160Digest();
    outer.update(inner, 0, inner.length);
    byte[] account = new byte[SIZE];
    outer.doFinal(account, 0);
    return new Account(Bytes.of(account));
  }

  /// The account in 20 bytes of a message.
  public static Account decode(byte[] encoded) throws MalformedMessage {
    if (encoded.length != SIZE) {
      throw new MalformedMessage("account must have " + SIZE + " bytes");
    }
    return new Account(Bytes.of(encoded));
  }

  /// The account that `address`, `ppio1…`, spells.
  public static Account parse(String address) throws MalformedMessage {
    return Address.parse(address);
  }

  /// Its text, 38 characters beginning `ppio1`.
  public String address() {
    return Address.format(this);
  }

  @Override
  public int compareTo(Account other) {
    return bytes.compareTo(other.bytes);
  }

  /// The address.
  @Override
  public String toString() {
    return address();
  }
}
