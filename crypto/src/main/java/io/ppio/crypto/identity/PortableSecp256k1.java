package io.ppio.crypto.identity;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/// The curve in pure Java, by Bouncy Castle.
final class PortableSecp256k1 implements Secp256k1 {
  private static final ECDomainParameters CURVE = curve();

  private static ECDomainParameters curve() {
    X9ECParameters named = CustomNamedCurves.getByName("secp256k1");
    return new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
  }

  @Override
  public byte[] publicKey(byte[] secret) {
    return new FixedPointCombMultiplier()
        .multiply(CURVE.getG(), new BigInteger(1, secret))
        .getEncoded(true);
  }

  @Override
  public boolean isPoint(byte[] compressed) {
    if (compressed.length != POINT_SIZE || (compressed[0] != 2 && compressed[0] != 3)) {
      return false;
    }
    try {
      return !CURVE.getCurve().decodePoint(compressed).isInfinity();
    } catch (IllegalArgumentException e) {
      return false; // the library's way of saying no
    }
  }

  @Override
  public byte[] decompress(byte[] compressed) {
    return CURVE.getCurve().decodePoint(compressed).getEncoded(false);
  }

  @Override
  public byte[] sign(byte[] digest, byte[] secret) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), CURVE));
    BigInteger[] rs = signer.generateSignature(digest);
    BigInteger s = rs[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(rs[1]) : rs[1];
    byte[] compact = new byte[COMPACT_SIZE];
    Scalars.write(rs[0], compact, 0);
    Scalars.write(s, compact, SCALAR_SIZE);
    return compact;
  }

  @Override
  public boolean verify(byte[] compact, byte[] digest, byte[] compressed) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(compressed), CURVE));
    return signer.verifySignature(
        digest, Scalars.read(compact, 0), Scalars.read(compact, SCALAR_SIZE));
  }

  @Override
  public byte[] recover(byte[] compact, byte[] digest, int recoveryId) {
    BigInteger r = Scalars.read(compact, 0);
    BigInteger s = Scalars.read(compact, SCALAR_SIZE);
    if (!Scalars.inRange(r) || !Scalars.inRange(s)) {
      return new byte[0];
    }
    byte[] candidate = new byte[POINT_SIZE];
    candidate[0] = (byte) (2 + recoveryId);
    System.arraycopy(compact, 0, candidate, 1, SCALAR_SIZE);
    if (!isPoint(candidate)) {
      return new byte[0];
    }
    ECPoint nonce = CURVE.getCurve().decodePoint(candidate);
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger ofBase =
        new BigInteger(1, Arrays.copyOf(digest, SCALAR_SIZE)).negate().multiply(inverse).mod(ORDER);
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(
            CURVE.getG(), ofBase, nonce, s.multiply(inverse).mod(ORDER));
    return key.isInfinity() ? new byte[0] : key.getEncoded(true);
  }
}
