package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.simulated.fixtures.KeyedIdentity;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;

final class LinkCertificateValidatorTest {
  private static final KeyedIdentity ALICE = new KeyedIdentity(1);
  private static final KeyedIdentity BOB = new KeyedIdentity(2);

  private final LinkCertificateValidator validator =
      new LinkCertificateValidator(ALICE, InstantSource.system());

  private void assertRefused(String reason, ForgedCertificate forged) throws Exception {
    X509Certificate certificate = forged.make().certificate();
    Messages.assertSays(
        reason, assertThrows(CertificateException.class, () -> validator.peerKey(certificate)));
  }

  private static ForgedCertificate forged() throws Exception {
    return new ForgedCertificate(BOB);
  }

  private static byte[] sequence(ASN1Encodable... parts) throws Exception {
    return new DERSequence(parts).getEncoded();
  }

  @Test
  void anOwnCertificateProvesItsIdentity() throws Exception {
    Instant now = Instant.now();
    X509Certificate certificate = LinkCertificate.make(BOB, now).certificate();
    assertEquals(BOB.key(), validator.peerKey(certificate));
    assertTrue(certificate.getNotBefore().toInstant().isBefore(now.minus(Duration.ofHours(23))));
    assertTrue(certificate.getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(364))));
    assertTrue(certificate.getNonCriticalExtensionOIDs().contains("1.3.6.1.4.1.53594.1.1"));
    assertTrue(certificate.getEncoded().length < 1000);
  }

  @Test
  void noTwoCertificatesShareKeyOrSerial() {
    LinkCertificate one = LinkCertificate.make(BOB, Instant.now());
    LinkCertificate other = LinkCertificate.make(BOB, Instant.now());
    assertNotEquals(one.certificate().getSerialNumber(), other.certificate().getSerialNumber());
    assertNotEquals(one.certificate().getPublicKey(), other.certificate().getPublicKey());
  }

  @Test
  void aForgerThatSpoilsNothingIsAccepted() throws Exception {
    assertEquals(BOB.key(), validator.peerKey(forged().make().certificate()));
    assertEquals(BOB.key(), validator.peerKey(forged().criticalBinding().make().certificate()));
    assertEquals(
        BOB.key(), validator.peerKey(forged().unknownExtension(false).make().certificate()));
  }

  @Test
  void exactlyOneCertificateIsExpected() throws Exception {
    X509Certificate certificate = forged().make().certificate();
    assertThrows(CertificateException.class, () -> validator.peerKey(certificate, certificate));
    assertThrows(CertificateException.class, () -> validator.peerKey());
  }

  @Test
  void theValidityWindowIsKept() throws Exception {
    Instant now = Instant.now();
    Duration day = Duration.ofDays(1);
    assertRefused("expired", forged().valid(now.minus(day.multipliedBy(2)), now.minus(day)));
    assertRefused("not valid before", forged().valid(now.plus(day), now.plus(day.multipliedBy(2))));
  }

  @Test
  void aCertificateWithoutAnIdentityIsRefused() throws Exception {
    assertRefused("names no identity", forged().withoutBinding());
  }

  @Test
  void anUnknownCriticalExtensionIsRefused() throws Exception {
    assertRefused("unknown critical extension 1.2.3.4.5", forged().unknownExtension(true));
  }

  @Test
  void theBindingOfAnotherCertificateIsRefused() throws Exception {
    assertRefused("binding invalid", forged().bindingFor(ForgedCertificate.pair("secp256r1")));
  }

  @Test
  void anIdentityCannotBeBorrowed() throws Exception {
    LinkCertificate bobs = forged().make();
    byte[] bobsBinding =
        DEROctetString.getInstance(
                bobs.certificate().getExtensionValue(CertificateBinding.EXTENSION.getId()))
            .getOctets();
    assertRefused("binding invalid", forged().binding(bobsBinding));
  }

  @Test
  void aForeignSelfSignatureIsRefused() throws Exception {
    assertRefused("self-signature invalid", forged().signedBy(ForgedCertificate.pair("secp256r1")));
  }

  @Test
  void onlyP256WithSha256Certifies() throws Exception {
    assertRefused("not of P-256", forged().key(ForgedCertificate.pair("secp384r1")));
    assertRefused("not signed by ECDSA with SHA-256", forged().algorithm("SHA384withECDSA"));
  }

  @Test
  void theOwnIdentityIsRefused() throws Exception {
    assertRefused("own identity", new ForgedCertificate(ALICE));
  }

  @Test
  void onlySecp256k1IdentitiesAreSupported() throws Exception {
    DEROctetString signature = new DEROctetString(new byte[64]);
    byte[] ed25519 = Arrays.concatenate(new byte[] {8, 1, 0x12, 0x20}, new byte[32]);
    byte[] tooLong = Arrays.concatenate(BOB.key().toArray(), new byte[1]);
    for (byte[] key : new byte[][] {ed25519, tooLong, new byte[0]}) {
      assertRefused(
          "unsupported key type", forged().binding(sequence(new DEROctetString(key), signature)));
    }
  }

  @Test
  void aMalformedBindingIsRefused() throws Exception {
    DEROctetString key = new DEROctetString(BOB.key().toArray());
    assertRefused("identity extension", forged().binding(sequence()));
    assertRefused("identity extension", forged().binding(sequence(key)));
    assertRefused("identity extension", forged().binding(sequence(key, key, key)));
    assertRefused("identity extension", forged().binding(sequence(key, new DERSequence())));
    assertRefused("identity extension", forged().binding(key.getEncoded()));
    assertRefused("identity extension", forged().binding(new byte[] {0x30, (byte) 0x84, 127}));
    assertRefused(
        "identity extension", forged().binding(Arrays.append(sequence(key, key), (byte) 0)));
    assertRefused(
        "binding invalid", forged().binding(sequence(key, new DEROctetString(new byte[0]))));
  }

  @Test
  void aDamagedCertificateIsNeverAcceptedAndFailsInNoOtherWay() throws Exception {
    byte[] whole = forged().make().certificate().getEncoded();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThrows(
          CertificateException.class,
          () ->
              validator.peerKey(
                  (X509Certificate)
                      factory.generateCertificate(new ByteArrayInputStream(damaged))));
    }
  }
}
