package io.ppio.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Both implementations against published values and against each other.
class Secp256k1VectorTest {
  static Stream<Secp256k1> implementations() {
    return Stream.of(NativeSecp256k1.load().orElseThrow(), new PortableSecp256k1());
  }

  /// The widely used RFC 6979 values for secp256k1 with SHA-256 and low s.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|Satoshi Nakamoto"
            + "|934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
            + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
        "1|All those moments will be lost in time, like tears in rain. Time to die..."
            + "|8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
            + "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140|Satoshi Nakamoto"
            + "|fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0"
            + "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
        "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181|Alan Turing"
            + "|7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
            + "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
      })
  void signsAsPublished(String secret, String message, String expected) {
    byte[] d = new byte[32];
    Scalars.write(new BigInteger(secret, 16), d, 0);
    byte[] digest = Hash.sha256(message.getBytes(StandardCharsets.UTF_8)).toArray();
    implementations()
        .forEach(curve -> assertEquals(expected, Bytes.of(curve.sign(digest, d)).hex()));
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void passesItsSelfTest(Secp256k1 curve) {
    assertTrue(Secp256k1.passesSelfTest(curve));
  }

  @Test
  void prefersTheNativeLibrary() {
    assertInstanceOf(NativeSecp256k1.class, Secp256k1.get());
  }

  @Test
  void bothImplementationsAgree() {
    List<Secp256k1> both = implementations().toList();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] secret = new byte[32];
      byte[] digest = new byte[32];
      random.nextBytes(secret);
      random.nextBytes(digest);
      byte[] key = agree(both, curve -> curve.publicKey(secret));
      byte[] signature = agree(both, curve -> curve.sign(digest, secret));
      byte[] even = agree(both, curve -> curve.recover(signature, digest, 0));
      byte[] odd = agree(both, curve -> curve.recover(signature, digest, 1));
      assertTrue(Bytes.of(key).equals(Bytes.of(even)) != Bytes.of(key).equals(Bytes.of(odd)));
      agree(both, curve -> curve.decompress(key));
      assertTrue(both.stream().allMatch(curve -> curve.verify(signature, digest, key)));
      damage(random, signature);
      assertTrue(both.stream().noneMatch(curve -> curve.verify(signature, digest, key)));
      int recoveryId = i & 1;
      agree(both, curve -> curve.recover(signature, digest, recoveryId));
    }
  }

  private static void damage(Random random, byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
  }

  private interface Operation {
    byte[] on(Secp256k1 curve);
  }

  private static byte[] agree(List<Secp256k1> both, Operation operation) {
    byte[] first = operation.on(both.getFirst());
    assertArrayEquals(first, operation.on(both.getLast()));
    return first;
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void acceptsOnlyPointsOfTheCurve(Secp256k1 curve) {
    Bytes base =
        Bytes.fromHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    assertTrue(curve.isPoint(base.toArray()));
    assertFalse(curve.isPoint(new byte[33]));
    assertFalse(curve.isPoint(new byte[0]));
    assertFalse(curve.isPoint(new byte[] {0}));
    assertFalse(curve.isPoint(curve.decompress(base.toArray())));
    byte[] offCurve = new byte[33];
    offCurve[0] = 2;
    offCurve[32] = 5;
    assertFalse(curve.isPoint(offCurve));
    // p + 1 names the same residue as 1, which is on the curve
    Bytes unreduced =
        Bytes.fromHex("02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30");
    assertFalse(curve.isPoint(unreduced.toArray()));
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void refusesScalarsOutOfRange(Secp256k1 curve) {
    byte[] digest = Hash.sha256().toArray();
    byte[] key = IdentityVectorTest.key("1").publicKey().compressed().toArray();
    byte[] order = new byte[32];
    Scalars.write(Secp256k1.ORDER, order, 0);
    byte[] good = curve.sign(digest, IdentityVectorTest.key("1").toArray());
    for (byte[] bad : List.of(new byte[32], order)) {
      for (int at : new int[] {0, 32}) {
        byte[] signature = good.clone();
        System.arraycopy(bad, 0, signature, at, 32);
        assertFalse(curve.verify(signature, digest, key));
        assertEquals(0, curve.recover(signature, digest, 0).length);
      }
    }
  }

  @Test
  void refusesHighSInRecordsAndToleratesItInBindings() {
    PrivateKey key = IdentityVectorTest.key("1");
    Hash digest = Hash.sha256();
    byte[] high = key.sign(digest).bytes().slice(0, Secp256k1.COMPACT_SIZE).toArray();
    assertTrue(key.publicKey().verifyCompact(digest, Bytes.of(high)));
    Scalars.write(Secp256k1.ORDER.subtract(Scalars.read(high, 32)), high, 32);
    assertFalse(key.publicKey().verifyCompact(digest, Bytes.of(high)));
    assertTrue(key.publicKey().verifyDer(digest, DerSignature.encode(high)));
  }

  @Test
  void verifiesItsOwnDerAndNoDamagedOne() {
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      PrivateKey key = IdentityVectorTest.key(Integer.toHexString(i + 1));
      Hash digest = Hash.sha256(new byte[] {(byte) i});
      byte[] der = key.signDer(digest);
      assertTrue(key.publicKey().verifyDer(digest, der));
      damage(random, der);
      assertFalse(key.publicKey().verifyDer(digest, der));
      assertFalse(
          key.publicKey()
              .verifyDer(digest, java.util.Arrays.copyOf(der, random.nextInt(der.length))));
    }
  }

  @Test
  void readsOneFormOfASignatureOnly() throws MalformedMessage {
    Hash digest = Hash.sha256();
    PrivateKey key = IdentityVectorTest.key("99");
    Signature signature = Signature.decode(key.sign(digest).bytes().toArray());
    assertTrue(signature.isBy(key.publicKey(), digest));
    assertTrue(signature.isBy(key.peerId(), digest));
    assertTrue(signature.isBy(key.account(), digest));
    assertFalse(signature.isBy(key.account(), Hash.ZERO));
    byte[] otherV = signature.bytes().toArray();
    otherV[64] ^= 1;
    assertFalse(Signature.decode(otherV).isBy(key.publicKey(), digest));
    otherV[64] = 2;
    org.junit.jupiter.api.Assertions.assertThrows(
        MalformedMessage.class, () -> Signature.decode(otherV));
  }
}
