package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void whatFollowsAPrefixFollowsEverythingThatBeginsWithIt() {
    assertEquals("ab02", Bytes.fromHex("ab01").afterPrefix().hex());
    assertEquals("ac", Bytes.fromHex("abffff").afterPrefix().hex());
  }

  @Test
  void nothingOutsideCanChangeThem() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    Bytes part = Bytes.of(source, 1, 2);
    source[1] = 9;
    bytes.toArray()[0] = 9;
    assertEquals(Bytes.of((byte) 1, (byte) 2, (byte) 3), bytes);
    assertEquals(Bytes.of((byte) 2, (byte) 3), part);
    assertThrows(ReadOnlyBufferException.class, () -> bytes.buffer().put((byte) 9));
  }

  @Test
  void hexSpellsThem() {
    assertEquals("00ff7f", Bytes.fromHex("00FF7f").hex());
    assertThrows(IllegalArgumentException.class, () -> Bytes.fromHex("0"));
    assertThrows(IllegalArgumentException.class, () -> Bytes.fromHex("0g"));
    assertEquals("0102030405060708", Bytes.fromHex("0102030405060708").toString());
    assertEquals("0102030405060708…", Bytes.fromHex("010203040506070809").toString());
  }

  @Test
  void partsAreCopiedOut() {
    Bytes bytes = Bytes.fromHex("0a0b0c0d");
    assertEquals(Bytes.fromHex("0b0c"), bytes.slice(1, 3));
    byte[] target = new byte[6];
    bytes.copyTo(target, 1);
    assertArrayEquals(new byte[] {0, 10, 11, 12, 13, 0}, target);
    assertEquals(4, bytes.size());
    assertEquals(0xff, Bytes.fromHex("ff").at(0));
  }

  @Test
  void emptinessIsOneObject() {
    assertSame(Bytes.EMPTY, Bytes.of());
    assertTrue(Bytes.fromHex("").isEmpty());
    assertEquals(Bytes.EMPTY, Bytes.fromHex(""));
  }

  @Test
  void theyOrderAsUnsignedNumbersWithPrefixesFirst() {
    List<Bytes> sorted = new ArrayList<>();
    for (String hex : List.of("", "00", "0000", "01", "7f", "80", "80ff", "ff", "ff00")) {
      sorted.add(Bytes.fromHex(hex));
    }
    List<Bytes> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);
    assertEquals(sorted, shuffled);
  }

  @Test
  void equalBytesAreEqualKeys() {
    assertEquals(Bytes.fromHex("0102").hashCode(), Bytes.of((byte) 1, (byte) 2).hashCode());
    assertNotEquals(Bytes.fromHex("0102"), Bytes.fromHex("010200"));
  }
}
