package io.ppio.env.real;

import io.ppio.env.Bytes;
import io.ppio.env.LinkIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/// The statement in a certificate that an identity key stands behind the certificate's key (network
/// specification 1.5, libp2p TLS specification).
///
/// Reading one proves nothing; [LinkCertificateValidator] does.
///
/// @param key the identity key, an encoded libp2p public key of any type
/// @param signature over `message`, by that key
/// @param message what was signed: a fixed prefix and the certificate's SubjectPublicKeyInfo
public record CertificateBinding(Bytes key, Bytes signature, Bytes message) {
  static final ASN1ObjectIdentifier EXTENSION = new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");
  private static final byte[] PREFIX = "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);

  /// The statement in an encoded certificate, unverified.
  ///
  /// @throws CertificateException when there is none or it is malformed
  public static CertificateBinding read(byte[] certificate) throws CertificateException {
    try {
      return read(new X509CertificateHolder(certificate));
    } catch (IOException | RuntimeException e) {
      throw new CertificateException("certificate malformed", e);
    }
  }

  static CertificateBinding read(X509CertificateHolder certificate) throws CertificateException {
    Extension extension = certificate.getExtension(EXTENSION);
    if (extension == null) {
      throw new CertificateException("certificate names no identity");
    }
    try {
      ASN1Sequence parts = ASN1Sequence.getInstance(extension.getExtnValue().getOctets());
      if (parts.size() != 2) {
        throw new CertificateException("identity extension has " + parts.size() + " parts");
      }
      return new CertificateBinding(
          octets(parts, 0), octets(parts, 1), message(certificate.getSubjectPublicKeyInfo()));
    } catch (IOException | RuntimeException e) {
      throw new CertificateException("identity extension malformed", e);
    }
  }

  private static Bytes octets(ASN1Sequence parts, int index) {
    return Bytes.of(ASN1OctetString.getInstance(parts.getObjectAt(index)).getOctets());
  }

  /// The extension value by which `identity` stands behind `certificateKey`.
  static byte[] extensionValue(LinkIdentity identity, SubjectPublicKeyInfo certificateKey)
      throws IOException {
    byte[] signature = identity.sign(message(certificateKey).toArray());
    return new DERSequence(
            new ASN1Encodable[] {
              new DEROctetString(identity.key().toArray()), new DEROctetString(signature)
            })
        .getEncoded();
  }

  private static Bytes message(SubjectPublicKeyInfo certificateKey) throws IOException {
    byte[] encoded = certificateKey.getEncoded();
    byte[] message = new byte[PREFIX.length + encoded.length];
    System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
    System.arraycopy(encoded, 0, message, PREFIX.length, encoded.length);
    return Bytes.of(message);
  }
}
