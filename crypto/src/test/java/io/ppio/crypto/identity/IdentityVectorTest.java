package io.ppio.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of the interface specification 6.1 and 6.2 and the network specification 1.1.
class IdentityVectorTest {
  private static final String SAMPLE =
      "ac03744c7f1f01842024025eb13ab49cb2bfd62bb677bc6ada7a00233214bc42";

  static PrivateKey key(String hex) {
    byte[] secret = new byte[32];
    Scalars.write(new BigInteger(hex, 16), secret, 0);
    return PrivateKey.of(secret);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,"
        + " ppio1PzBh5NsuZhTnFU5ve9KxyAajM5KQ5uTiK",
    "2, 02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5,"
        + " ppio1TbMLFXLt36L6nwWvJxT9taJWxeFLE8XjN",
    "99, 0200e3ae1974566ca06cc516d47e0fb165a674a3dabcfca15e722f0e3450f45889,"
        + " ppio1EqHKAcAxUByLCW6edbzE74otYA7rDWgHY",
    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140,"
        + " 0379be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,"
        + " ppio1W9S3YeWHxvPVD6SfV4oT86DLbiCEdEmwg",
    SAMPLE
        + ", 033fb36e1471d2153d0759e14386c6c294b1ad09244841ee8d043eadd1bfe7baaa,"
        + " ppio1RE2Ci5NkWeB8RCtktVvQfWjnbRymYTGLp"
  })
  void derivesKeyAndAddress(String secret, String compressed, String address) throws Exception {
    PrivateKey key = key(secret);
    assertEquals(compressed, key.publicKey().compressed().hex());
    assertEquals(address, key.account().address());
    assertEquals(key.account(), Account.parse(address));
  }

  @Test
  void derivesTheAddressOfAPublishedMiner() {
    PublicKey key =
        new PublicKey(
            Bytes.fromHex("02ee1ee28040a7ac46cf4328c648caa456caa3b74b6948246201c95a461cb27e92"));
    assertEquals("ppio1KgqNbxTiNqKyaahLFjSGGfK2WuJNR4HFb", key.account().address());
  }

  @Test
  void readsThePublishedOfficialAccount() throws Exception {
    Account account = Account.parse("ppio1RrvoTasB3n96sFFxBUr4dbVheATVrrPYZ");
    assertEquals("8d877808958e149310ffba4c02bbac94c4a8f05e", account.bytes().hex());
  }

  @Test
  void derivesThePublishedIntermediateValues() {
    byte[] uncompressed = key("1").publicKey().uncompressed().toArray();
    assertEquals(
        "5f438d7103705fccbe07cf30522bf6fd0882e58f6feb096b41417b4f8c692c39",
        Bytes.of(Address.sha3(uncompressed)).hex());
    assertEquals("78f68efd2cd69897ba803a91da98001834e96f7b", key("1").account().bytes().hex());
  }

  @Test
  void signsWithRecoveryId() {
    Hash digest = Hash.sha256("hello ppio".getBytes(StandardCharsets.US_ASCII));
    assertEquals("2b035cd6fc6212624d0bbf54cbc9fd7981a9a263b870d6f2a2f3f4d34f5bf7b8", digest.hex());
    assertEquals(
        "d23d7cdf25eb7aca1785c2ca95a02e0449dd7be07621fce0af59bbe0923268a4"
            + "7e07c30b13697cdcfd58219e955a0d2312e57c0ab3750ce12cced214885ff5b301",
        key("1").sign(digest).bytes().hex());
  }

  @ParameterizedTest
  @CsvSource({
    "0206dc6968726765b820f050263ececf7f71e4955892776c0970542efd689d2382,"
        + " 16Uiu2HAkutTMoTzDw1tCvSRtu6YoixJwS46S1ZFxW8hSx9fWHiPs",
    "02ee1ee28040a7ac46cf4328c648caa456caa3b74b6948246201c95a461cb27e92,"
        + " 16Uiu2HAmBTCKuKgY5Wqsq66784uTP82KB6jRjx7sWhD41wwMLDVK",
    "02b7618f29fbec6ba0cb407ceb0aff4a2b5a6b1a33cf0f2773a956cb1d0924421e,"
        + " 16Uiu2HAm7mWsSrt7cRrhGmkofsN7HbCzgbswdumSoFhU61XQbCt5"
  })
  void readsPeerIdsInBothForms(String compressed, String base58) throws Exception {
    PeerId id = PeerId.parse("002508021221" + compressed);
    assertEquals(id, PeerId.parse(base58));
    assertEquals(id, PeerId.of(new PublicKey(Bytes.fromHex(compressed))));
    assertEquals("002508021221" + compressed, id.hex());
    assertEquals(id, PeerId.ofLinkKey(id.linkKey()));
  }

  @Test
  void namesTheAccountOfAPeer() throws Exception {
    PeerId id = PeerId.parse("16Uiu2HAmBTCKuKgY5Wqsq66784uTP82KB6jRjx7sWhD41wwMLDVK");
    assertEquals("ppio1KgqNbxTiNqKyaahLFjSGGfK2WuJNR4HFb", id.accountAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "02508021221",
    "002508021221",
    // wrong prefix
    "00250802122002ee1ee28040a7ac46cf4328c648caa456caa3b74b6948246201c95a461cb27e92",
    // uncompressed marker
    "00250802122104ee1ee28040a7ac46cf4328c648caa456caa3b74b6948246201c95a461cb27e92",
    // x is on no point
    "002508021221020000000000000000000000000000000000000000000000000000000000000005",
    // x is not reduced
    "00250802122102ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    // upper case
    "00250802122102EE1ee28040a7ac46cf4328c648caa456caa3b74b6948246201c95a461cb27e92",
    "16Uiu2HAmBTCKuKgY5Wqsq66784uTP82KB6jRjx7sWhD41wwMLDV0",
    "16Uiu2HAmBTCKuKgY5Wqsq66784uTP82KB6jRjx7sWhD41wwMLDV",
  })
  void refusesWhatIsNoPeerId(String text) {
    assertThrows(MalformedMessage.class, () -> PeerId.parse(text));
  }

  @Test
  void refusesEveryAddressWithOneCharacterChanged() throws Exception {
    String address = "ppio1RrvoTasB3n96sFFxBUr4dbVheATVrrPYZ";
    for (int i = 0; i < address.length(); i++) {
      char other = address.charAt(i) == 'x' ? 'y' : 'x';
      String damaged = address.substring(0, i) + other + address.substring(i + 1);
      assertThrows(MalformedMessage.class, () -> Account.parse(damaged), damaged);
    }
  }

  @Test
  void coversTheWholeRangeOfAddresses() {
    byte[] full = new byte[Account.SIZE];
    assertTrue(new Account(Bytes.of(full)).address().startsWith("ppio1CxbEsJ"));
    java.util.Arrays.fill(full, (byte) 0xff);
    assertTrue(new Account(Bytes.of(full)).address().startsWith("ppio1cJCDyc"));
  }
}
