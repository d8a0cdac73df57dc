package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.data.fixtures.KnownObject;
import io.ppio.env.Bytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// RFC 5869, RFC 3394, and rows 5, 14 and 15 of the data and proofs specification, section 9.1.
class ObjectKeyVectorTest {
  private static final byte[] NONE = {};

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void hkdfGivesTheFirst32BytesOfRfc5869() {
    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        Bytes.of(
                ObjectKey.hkdf(
                    hex("0b".repeat(22)),
                    hex("000102030405060708090a0b0c"),
                    hex("f0f1f2f3f4f5f6f7f8f9")))
            .hex());
    assertEquals(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
        Bytes.of(ObjectKey.hkdf(hex("0b".repeat(22)), NONE, NONE)).hex());
  }

  @Test
  void row5EncryptionKey() {
    try (ObjectKey key = KnownObject.key()) {
      assertEquals(
          "3d0ea3fb06e5024ca9777e9c21d2c6ed5e82bbd878f70641320899b820b009ef",
          Bytes.of(key.encryptionKey()).hex());
    }
  }

  @Test
  void row14UsersKeyEncryptionKey() {
    KeyWrap expected =
        new KeyWrap(hex("a25e6cb8cd2bc4d0a48ebe3fee2875c40f891a491dd0008b996045cd5a5a3410"));
    KeyWrap user =
        KeyWrap.user(KnownObject.h("user-priv").toArray(), KnownObject.h("user-1").bytes());
    try (ObjectKey key = new ObjectKey(new byte[ObjectKey.SIZE])) {
      assertEquals(expected.wrap(key), user.wrap(key));
    }
  }

  @Test
  void wrapIsRfc3394Section46() {
    KeyWrap kek =
        new KeyWrap(hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    ObjectKey key =
        new ObjectKey(hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"));
    Bytes wrapped = kek.wrap(key);
    assertEquals(
        "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
        wrapped.hex());
    assertArrayEquals(key.toArray(), kek.unwrap(wrapped).orElseThrow().toArray());
  }

  @Test
  void row15WrappedKey() {
    ObjectKey key = KnownObject.key();
    KeyWrap user =
        KeyWrap.user(KnownObject.h("user-priv").toArray(), KnownObject.h("user-1").bytes());
    assertEquals(
        "c1b895915215bcaf13fb05f1acb86da5a131458982e84cdd1d257636724891b46b65b341c05cca39",
        WrappedKey.forUser(key, user).wrapped().hex());
  }

  @Test
  void aClosedKeyIsWipedAndUsedNoMore() {
    ObjectKey key = KnownObject.key();
    key.close();
    key.close();
    assertThrows(IllegalStateException.class, key::toArray);
    assertThrows(IllegalStateException.class, () -> new ObjectCipher(key));
  }

  @Test
  void noKeyIsEverPrinted() {
    ObjectKey key = KnownObject.key();
    assertFalse(key.toString().contains("00"));
    assertEquals("KeyWrap", new KeyWrap(new byte[32]).toString());
  }
}
