package io.ppio.env.real;

import io.ppio.env.Bytes;
import io.ppio.env.LinkIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/// Decides whether a certificate proves an identity (network specification 1.5, check 4).
///
/// No path is built and no name compared: who signed what is all that counts. P-256 signatures are
/// verified by Bouncy Castle, which is several times faster at it than the JDK. Stateless.
public final class LinkCertificateValidator extends X509ExtendedTrustManager {
  /// An own certificate has some 450 bytes.
  private static final int CERTIFICATE_BYTES_MAX = 4096;

  private static final Bytes SECP256K1_PREFIX = Bytes.fromHex("08021221");
  private static final int SECP256K1_BYTES = 37;

  private final LinkIdentity self;
  private final InstantSource clock;

  /// @param self the own identity, refused in others, and the rules of identity signatures
  public LinkCertificateValidator(LinkIdentity self, InstantSource clock) {
    this.self = self;
    this.clock = clock;
  }

  /// The identity key that `chain` proves.
  ///
  /// @throws CertificateException when it proves none
  public Bytes peerKey(X509Certificate... chain) throws CertificateException {
    require(chain.length == 1, "expected one certificate, got " + chain.length);
    byte[] encoded = chain[0].getEncoded();
    require(encoded.length <= CERTIFICATE_BYTES_MAX, "certificate too large");
    X509CertificateHolder certificate = parse(encoded);
    checkValidity(certificate);
    checkExtensions(certificate);
    checkSelfSignature(certificate);
    CertificateBinding binding = CertificateBinding.read(certificate);
    checkKeyType(binding.key());
    require(!binding.key().equals(self.key()), "peer has our own identity");
    require(
        self.verify(binding.key(), binding.message().toArray(), binding.signature().toArray()),
        "binding invalid");
    return binding.key();
  }

  private static void require(boolean condition, String otherwise) throws CertificateException {
    if (!condition) {
      throw new CertificateException(otherwise);
    }
  }

  private static X509CertificateHolder parse(byte[] encoded) throws CertificateException {
    try {
      X509CertificateHolder certificate = new X509CertificateHolder(encoded);
      require(certificate.getVersionNumber() == 3, "certificate is not of version 3");
      return certificate;
    } catch (IOException | RuntimeException e) {
      throw new CertificateException("certificate malformed", e);
    }
  }

  private void checkValidity(X509CertificateHolder certificate) throws CertificateException {
    Instant now = clock.instant();
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    require(!now.isBefore(from), "certificate not valid before " + from);
    require(!now.isAfter(to), "certificate expired at " + to);
  }

  private static void checkExtensions(X509CertificateHolder certificate)
      throws CertificateException {
    for (Object critical : certificate.getCriticalExtensionOIDs()) {
      require(
          CertificateBinding.EXTENSION.equals((ASN1ObjectIdentifier) critical),
          "unknown critical extension " + critical);
    }
  }

  private static void checkKeyType(Bytes key) throws CertificateException {
    require(
        key.size() == SECP256K1_BYTES && key.slice(0, 4).equals(SECP256K1_PREFIX),
        "unsupported key type");
  }

  private static void checkSelfSignature(X509CertificateHolder certificate)
      throws CertificateException {
    SubjectPublicKeyInfo keyInfo = certificate.getSubjectPublicKeyInfo();
    AlgorithmIdentifier algorithm = keyInfo.getAlgorithm();
    require(
        X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm.getAlgorithm())
            && SECObjectIdentifiers.secp256r1.equals(algorithm.getParameters()),
        "certificate key is not of P-256");
    require(
        X9ObjectIdentifiers.ecdsa_with_SHA256.equals(
                certificate.getSignatureAlgorithm().getAlgorithm())
            && certificate
                .getSignatureAlgorithm()
                .equals(certificate.toASN1Structure().getTBSCertificate().getSignature()),
        "certificate not signed by ECDSA with SHA-256");
    boolean valid;
    try {
      ECPublicKeyParameters key = (ECPublicKeyParameters) PublicKeyFactory.createKey(keyInfo);
      BigInteger[] signature =
          StandardDSAEncoding.INSTANCE.decode(
              key.getParameters().getN(), certificate.getSignature());
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, key);
      valid = verifier.verifySignature(digest(certificate), signature[0], signature[1]);
    } catch (IOException | RuntimeException e) {
      throw new CertificateException("self-signature malformed", e);
    }
    require(valid, "self-signature invalid");
  }

  private static byte[] digest(X509CertificateHolder certificate) throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(certificate.toASN1Structure().getTBSCertificate().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Bytes _ = peerKey(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Bytes _ = peerKey(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    Bytes _ = peerKey(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    Bytes _ = peerKey(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    Bytes _ = peerKey(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    Bytes _ = peerKey(chain);
  }

  /// None: the handshake names no issuers.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
