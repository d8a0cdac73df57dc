package io.ppio.crypto.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.env.Bytes;
import org.junit.jupiter.api.Test;

/// Forms of a message that mean the same to a lenient reader must not be the same to this one.
class CanonicalReaderTest {
  private static long u64(String hex) throws MalformedMessage {
    return new CanonicalReader(Bytes.fromHex(hex)).u64(1);
  }

  @Test
  void everyIntegerHasOneForm() throws MalformedMessage {
    assertEquals(127, u64("087f"));
    assertEquals(128, u64("088001"));
    assertEquals(-1, u64("08ffffffffffffffffff01"));
    assertEquals(Long.MIN_VALUE, u64("0880808080808080808001"));
    assertThrows(MalformedMessage.class, () -> u64("0880808080808080808003"));
    assertThrows(MalformedMessage.class, () -> u64("088080808080808080807f"));
    assertThrows(MalformedMessage.class, () -> u64("088080808080808080808001"));
    assertThrows(MalformedMessage.class, () -> u64("08ff00"));
    assertThrows(MalformedMessage.class, () -> u64("08ff8000"));
    assertThrows(MalformedMessage.class, () -> u64("08ff"));
  }
}
