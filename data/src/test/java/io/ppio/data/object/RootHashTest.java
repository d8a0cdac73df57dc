package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The text of root hashes (interface specification 3.6).
class RootHashTest {
  private static final String HASH =
      "a949f2337afe972be6e558f21db0dd9303ca90787a15333e641da8c95d39c4a7";

  @Test
  void publishedRootHash() throws MalformedMessage {
    RootHash root = new RootHash(Hash.fromHex(HASH), 518);
    assertEquals(HASH + "518", root.text());
    assertEquals(root, RootHash.parse(root.text()));
  }

  @Test
  void aMissingLengthAndZeroMeanUnknown() throws MalformedMessage {
    RootHash unknown = new RootHash(Hash.fromHex(HASH), 0);
    assertEquals(unknown, RootHash.parse(HASH));
    assertEquals(unknown, RootHash.parse(HASH + "0"));
    assertEquals(unknown, RootHash.parse(unknown.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", " 1", "1.0", "9223372036854775808", "11111111111111111111"})
  void lengthsThatAreNoNumberAreRefused(String length) {
    assertThrows(MalformedMessage.class, () -> RootHash.parse(HASH + length));
  }

  @Test
  void textsWithoutAHashAreRefused() {
    assertThrows(MalformedMessage.class, () -> RootHash.parse(""));
    assertThrows(MalformedMessage.class, () -> RootHash.parse(HASH.substring(1)));
    assertThrows(MalformedMessage.class, () -> RootHash.parse("x" + HASH.substring(1)));
  }
}
