package io.ppio.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors published with BIP-39 for 12 words, and those of the interface specification 6.5.
class MnemonicVectorTest {
  private static final String FIRST = "abandon ".repeat(11) + "about";

  @ParameterizedTest
  @CsvSource({
    "00000000000000000000000000000000,"
        + " abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about,"
        + " c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
        + "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
    "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f,"
        + " legal winner thank year wave sausage worth useful legal winner thank yellow,"
        + " 2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6f"
        + "a457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607",
    "80808080808080808080808080808080,"
        + " letter advice cage absurd amount doctor acoustic avoid letter advice cage above,"
        + " d71de856f81a8acc65e6fc851a38d4d7ec216fd0796d0a6827a3ad6ed5511a30"
        + "fa280f12eb2e47ed2ac03b5c462a0358d18d69fe4f985ec81778c1b370b652a8",
    "ffffffffffffffffffffffffffffffff,"
        + " zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong,"
        + " ac27495480225222079d7be181583751e86f571027b0497b5b5d11218e0a8a13"
        + "332572917f0f8e5a589620c6f15b11c61dee327651a14c34e18231052e48c069",
    "9e885d952ad362caeb4efe34a8e91bd2,"
        + " ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic,"
        + " 274ddc525802f7c828d8ef7ddbcdc5304e87ac3535913611fbbfa986d0c9e547"
        + "6c91689f9c8a54fd55bd38606aa6a8595ad213d4c9c9f9aca3fb217069a41028",
    "c0ba5a8e914111210f2bd131f3d5e08d,"
        + " scheme spot photo card baby mountain device kick cradle pact join borrow,"
        + " ea725895aaae8d4c1cf682c1bfd2d358d52ed9f0f0591131b559e2724bb234fc"
        + "a05aa9c02c57407e04ee9dc3b454aa63fbff483a8b11de949624b9f1831a9612",
    "23db8160a31d3e0dca3688ed941adbf3,"
        + " cat swing flag economy stadium alone churn speed unique patch report train,"
        + " deb5f45449e615feff5640f2e49f933ff51895de3b4381832b3139941c57b592"
        + "05a42480c52175b6efcffaa58a2503887c1e8b363a707256bdd2b587b46541f5",
    "f30f8c1da665478f49b001d94c5fc452,"
        + " vessel ladder alter error federal sibling chat ability sun glass valve picture,"
        + " 2aaa9242daafcee6aa9d7269f17d4efe271e1b9a529178d7dc139cd18747090b"
        + "f9d60295d0ce74309a78852a9caadf0af48aae1c6253839624076224374bc63f"
  })
  void spellsEntropyAndStretchesIt(String entropy, String words, String seed) throws Exception {
    Mnemonic mnemonic = Mnemonic.ofEntropy(Bytes.fromHex(entropy));
    assertEquals(words, mnemonic.phrase());
    assertEquals(mnemonic, Mnemonic.parse(words));
    assertEquals(seed, Bytes.of(mnemonic.seed("TREZOR")).hex());
  }

  @ParameterizedTest
  @CsvSource({
    "'', e0bdc098898b15615543c8e01ae66af1aa4b8c30060dca64de69f0ddd822ee84,"
        + " ppio1TcssyusULFZUp2day43YtSnog8VhuWoLi",
    "TREZOR, 527300c22ab15c5d32d3edeeea785453f96859124119fc113caca78bf06876b4,"
        + " ppio1KYsgxHeyyCjLaSoh9Nwo8z5VtTrU7pHh9"
  })
  void takesTheLowNibblesAsKey(String passphrase, String secret, String address) throws Exception {
    PrivateKey key = Mnemonic.parse(FIRST).privateKey(passphrase).orElseThrow();
    assertEquals(secret, Bytes.of(key.toArray()).hex());
    assertEquals(address, key.account().address());
  }

  @Test
  void hasThePublishedWordList() {
    String file = String.join("\n", Mnemonic.WordList.ENGLISH) + "\n";
    assertEquals(
        "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda",
        Hash.sha256(file.getBytes(StandardCharsets.US_ASCII)).hex());
  }

  @Test
  void readsWhatAPersonWrites() throws Exception {
    assertEquals(
        Mnemonic.parse(FIRST),
        Mnemonic.parse("  " + FIRST.replace(" ", "\n\t").toUpperCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "abandon",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abouts",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " about about"
  })
  void refusesWhatIsNoMnemonic(String text) {
    assertThrows(MalformedMessage.class, () -> Mnemonic.parse(text));
  }

  @Test
  void neverPrintsItsWords() throws Exception {
    assertFalse(Mnemonic.parse(FIRST).toString().contains("about"));
  }
}
