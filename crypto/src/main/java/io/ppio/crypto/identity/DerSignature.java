package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import java.math.BigInteger;

/// ECDSA signatures in DER, the form in TLS identity bindings only: `30 len 02 len r 02 len s`.
///
/// `r` and `s` have at most 33 bytes, so every length fits one byte.
final class DerSignature {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int MAX_SIZE = 2 + 2 * (2 + 33);

  private DerSignature() {}

  /// The DER form of `r ‖ s`.
  static byte[] encode(byte[] compact) {
    byte[] r = Scalars.read(compact, 0).toByteArray();
    byte[] s = Scalars.read(compact, Secp256k1.SCALAR_SIZE).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = SEQUENCE;
    der[1] = (byte) (der.length - 2);
    write(r, der, 2);
    write(s, der, 4 + r.length);
    return der;
  }

  private static void write(byte[] integer, byte[] der, int offset) {
    der[offset] = INTEGER;
    der[offset + 1] = (byte) integer.length;
    System.arraycopy(integer, 0, der, offset + 2, integer.length);
  }

  /// `r ‖ s` of a DER signature, with `s` brought to the lower half; every form but the shortest is
  /// refused.
  static byte[] decode(byte[] der) throws MalformedMessage {
    if (der.length < 8 || der.length > MAX_SIZE || der[0] != SEQUENCE || der[1] != der.length - 2) {
      throw new MalformedMessage("signature is no DER sequence");
    }
    int second = 4 + der[3];
    BigInteger r = read(der, 2);
    if (second + 2 > der.length || second + 2 + der[second + 1] != der.length) {
      throw new MalformedMessage("signature has wrong lengths");
    }
    BigInteger s = read(der, second);
    byte[] compact = new byte[Secp256k1.COMPACT_SIZE];
    Scalars.write(r, compact, 0);
    Scalars.write(Scalars.isLow(s) ? s : Secp256k1.ORDER.subtract(s), compact, 32);
    return compact;
  }

  private static BigInteger read(byte[] der, int offset) throws MalformedMessage {
    int length = der[offset + 1];
    if (der[offset] != INTEGER || length < 1 || length > 33 || offset + 2 + length > der.length) {
      throw new MalformedMessage("signature lacks an integer");
    }
    if (length > 1 && der[offset + 2] == 0 && der[offset + 3] >= 0) {
      throw new MalformedMessage("integer of the signature is padded");
    }
    BigInteger value = new BigInteger(der, offset + 2, length);
    if (!Scalars.inRange(value)) {
      throw new MalformedMessage("integer of the signature is out of range");
    }
    return value;
  }
}
