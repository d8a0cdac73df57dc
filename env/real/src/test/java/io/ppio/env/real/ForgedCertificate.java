package io.ppio.env.real;

import io.ppio.env.LinkIdentity;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates that are right except for what a test spoils.
final class ForgedCertificate {
  private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4.5");

  private final LinkIdentity identity;
  private Instant from = Instant.now().minus(Duration.ofDays(1));
  private Instant to = Instant.now().plus(Duration.ofDays(1));
  private String algorithm = "SHA256withECDSA";
  private KeyPair pair = pair("secp256r1");
  private Optional<KeyPair> signer = Optional.empty();
  private Optional<SubjectPublicKeyInfo> boundKey = Optional.empty();
  private Optional<byte[]> extension = Optional.empty();
  private boolean bound = true;
  private boolean bindingCritical;
  private Optional<Boolean> unknown = Optional.empty();

  ForgedCertificate(LinkIdentity identity) throws Exception {
    this.identity = identity;
  }

  static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  ForgedCertificate valid(Instant newFrom, Instant newTo) {
    from = newFrom;
    to = newTo;
    return this;
  }

  ForgedCertificate key(KeyPair newPair) {
    pair = newPair;
    return this;
  }

  ForgedCertificate algorithm(String newAlgorithm) {
    algorithm = newAlgorithm;
    return this;
  }

  ForgedCertificate signedBy(KeyPair other) {
    signer = Optional.of(other);
    return this;
  }

  ForgedCertificate bindingFor(KeyPair other) {
    boundKey = Optional.of(SubjectPublicKeyInfo.getInstance(other.getPublic().getEncoded()));
    return this;
  }

  ForgedCertificate withoutBinding() {
    bound = false;
    return this;
  }

  ForgedCertificate binding(byte[] value) {
    extension = Optional.of(value);
    return this;
  }

  ForgedCertificate criticalBinding() {
    bindingCritical = true;
    return this;
  }

  ForgedCertificate unknownExtension(boolean critical) {
    unknown = Optional.of(critical);
    return this;
  }

  LinkCertificate make() throws Exception {
    SubjectPublicKeyInfo publicKey =
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    X500Name name = new X500Name("CN=forged");
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name, BigInteger.TWO, Date.from(from), Date.from(to), name, publicKey);
    if (bound) {
      byte[] own = CertificateBinding.extensionValue(identity, boundKey.orElse(publicKey));
      builder.addExtension(CertificateBinding.EXTENSION, bindingCritical, extension.orElse(own));
    }
    if (unknown.isPresent()) {
      builder.addExtension(UNKNOWN, unknown.get(), DERNull.INSTANCE);
    }
    PrivateKey signing = signer.orElse(pair).getPrivate();
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signing)));
    return new LinkCertificate(pair.getPrivate(), certificate);
  }
}
