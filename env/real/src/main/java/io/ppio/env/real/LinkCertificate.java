package io.ppio.env.real;

import io.ppio.env.LinkIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A throw-away certificate with its key, tied to an identity (network specification 1.5).
///
/// @param key P-256, unrelated to the identity key
/// @param certificate self-signed, carries the binding
record LinkCertificate(PrivateKey key, X509Certificate certificate) {
  private static final Duration BACK_DATED = Duration.ofHours(24);
  private static final Duration VALID = Duration.ofDays(365);
  private static final int SERIAL_BITS = 127;
  private static final X500Name NAME = new X500Name("CN=ppio");

  /// Makes one that is valid around `now`.
  static LinkCertificate make(LinkIdentity identity, Instant now) {
    SecureRandom random = new SecureRandom();
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      SubjectPublicKeyInfo publicKey =
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              NAME,
              new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
              Date.from(now.minus(BACK_DATED)),
              Date.from(now.plus(VALID)),
              NAME,
              publicKey);
      builder.addExtension(
          CertificateBinding.EXTENSION,
          false,
          CertificateBinding.extensionValue(identity, publicKey));
      return new LinkCertificate(
          pair.getPrivate(),
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }
}
