package io.ppio.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.identity.KeystoreRefused.Reason;
import io.ppio.env.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vector of the interface specification 6.3, and files that must not open.
class KeystoreVectorTest {
  private static final String SAMPLE =
      "ac03744c7f1f01842024025eb13ab49cb2bfd62bb677bc6ada7a00233214bc42";
  private static final Bytes SALT =
      Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final Bytes IV = SALT.slice(0, 16);
  private static final ScryptCost COST = new ScryptCost(4096, 8, 1, 32);
  private static final String MAC_V4 =
      "57fff833a57ecfdb30cc227e1f9af7086d13ba06692976dcc6964d380db93a68";
  private static final String MAC_V3 =
      "79d1137bb1b5de85b0ec5c9b7ed549da3004179a90bc8f6ad9c701a61b56aa1d";
  private static final String FILE =
      """
      {"version":4,"id":"c0ffee00-0000-4000-8000-000000000001",\
      "address":"ppio1RE2Ci5NkWeB8RCtktVvQfWjnbRymYTGLp","crypto":{\
      "ciphertext":"336f9634448d1c94b127d14ab34bd0aa0402b5cdbf16880fbc833c094eb1adc4",\
      "cipherparams":{"iv":"000102030405060708090a0b0c0d0e0f"},"cipher":"aes-128-ctr",\
      "kdf":"scrypt","kdfparams":{"dklen":32,\
      "salt":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",\
      "n":4096,"r":8,"p":1},\
      "mac":"57fff833a57ecfdb30cc227e1f9af7086d13ba06692976dcc6964d380db93a68",\
      "machash":"sha3256"}}\
      """;

  private static char[] passphrase() {
    return "ppio-passphrase".toCharArray();
  }

  private static String open(String file) throws KeystoreRefused {
    return Bytes.of(Keystore.open(file.getBytes(StandardCharsets.UTF_8), passphrase()).toArray())
        .hex();
  }

  private static Reason refusal(String file) {
    return assertThrows(KeystoreRefused.class, () -> open(file), file).reason();
  }

  @Test
  void derivesThePublishedKey() {
    assertEquals(
        "d984c7203497e1916d0d8aa13d0cea21c50ce2f35854b6dfbcbbe95a8cbb6c0c",
        Bytes.of(Keystore.derive(passphrase(), SALT, COST)).hex());
  }

  @Test
  void writesThePublishedFile() {
    Keystore.Salt salt = new Keystore.Salt(SALT, IV, "c0ffee00-0000-4000-8000-000000000001");
    byte[] file = Keystore.seal(IdentityVectorTest.key(SAMPLE), passphrase(), salt, COST).encode();
    assertEquals(FILE, new String(file, StandardCharsets.UTF_8));
    assertTrue(file.length <= KeystoreJson.FILE_SIZE_MAX);
  }

  @Test
  void opensFilesOfVersionsThreeAndFour() throws Exception {
    assertEquals(SAMPLE, open(FILE));
    assertEquals(SAMPLE, open(FILE.replace("\"version\":4,", "")));
    assertEquals(
        SAMPLE, open(FILE.replace("\"version\":4", "\"version\":3").replace(MAC_V4, MAC_V3)));
    assertEquals(
        Account.parse("ppio1RE2Ci5NkWeB8RCtktVvQfWjnbRymYTGLp"),
        Keystore.account(FILE.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsLiberally() throws Exception {
    assertEquals(
        SAMPLE, open(FILE.replace("\"crypto\":{", "\"more\":[1],\"crypto\":{\"version\":4,")));
    assertEquals(SAMPLE, open(FILE.replace("\"scrypt\"", "\"SCRYPT\"")));
    assertEquals(SAMPLE, open(FILE.replace("336f9634448d", "336F9634448D")));
  }

  @Test
  void namesAWrongPassphrase() {
    KeystoreRefused refused =
        assertThrows(
            KeystoreRefused.class,
            () -> Keystore.open(FILE.getBytes(StandardCharsets.UTF_8), "other".toCharArray()));
    assertEquals(Reason.WRONG_PASSPHRASE, refused.reason());
    assertTrue(refused.toString().contains("wrong passphrase"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"n\":4096, \"n\":4095",
        "\"n\":4096, \"n\":524288",
        "\"n\":4096, \"n\":0",
        "\"n\":4096, \"n\":1073741824",
        "\"r\":8, \"r\":2147483647",
        "\"r\":8, \"r\":0",
        "\"p\":1, \"p\":17",
        "\"dklen\":32, \"dklen\":31",
        "\"dklen\":32, \"dklen\":65",
        "\"version\":4, \"version\":5",
        "aes-128-ctr, aes-256-ctr",
        "\"scrypt\", \"pbkdf2\"",
        "sha3256, sha256"
      })
  void refusesWhatItDoesNotSupportBeforeItAllocates(String was, String is) {
    assertEquals(Reason.UNSUPPORTED, refusal(FILE.replace(was, is)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"n\":4096, \"n\":4096.0",
        "\"n\":4096, \"n\":4294967296",
        "\"n\":4096, \"n\":\"4096\"",
        "\"n\":4096, \"m\":4096",
        "000102030405060708090a0b0c0d0e0f\"}, 00010203\"}",
        "336f96, 336f9x",
        "ppio1RE2C, ppio1RE2D",
        "\"id\", \"version\":4`,`\"id\"",
        "}}, }"
      })
  void refusesWhatIsNoKeyFile(String was, String is) {
    assertEquals(Reason.MALFORMED, refusal(FILE.replace(was, is)));
  }

  @Test
  void refusesAFileLargerThanOthersRead() {
    assertEquals(Reason.MALFORMED, refusal(FILE + " ".repeat(1000)));
    assertEquals(Reason.MALFORMED, refusal("[]"));
    assertEquals(Reason.MALFORMED, refusal(""));
  }

  @Test
  void refusesTheKeyOfAnotherAddress() {
    String other = IdentityVectorTest.key("2").account().address();
    assertEquals(
        Reason.WRONG_ADDRESS,
        refusal(FILE.replace("ppio1RE2Ci5NkWeB8RCtktVvQfWjnbRymYTGLp", other)));
  }

  @Test
  void refusesDamageInNoOtherWay() {
    Random random = new Random(3);
    byte[] good = FILE.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] file = good.clone();
      file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      try {
        Keystore.open(file, passphrase()).close();
      } catch (KeystoreRefused refused) {
        assertFalse(refused.toString().contains(SAMPLE));
      }
    }
  }

  /// RFC 7914, section 12.
  @ParameterizedTest
  @CsvSource({
    "'', '', 16, 1, 1,"
        + " 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
    "password, NaCl, 1024, 8, 16,"
        + " fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    "pleaseletmein, SodiumChloride, 16384, 8, 1,"
        + " 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
  })
  void derivesAsThePublishedScrypt(
      String passphrase, String salt, int n, int r, int p, String expected) {
    Bytes salted = Bytes.of(salt.getBytes(StandardCharsets.US_ASCII));
    byte[] derived = Keystore.derive(passphrase.toCharArray(), salted, new ScryptCost(n, r, p, 64));
    assertEquals(expected, Bytes.of(derived).hex());
  }
}
