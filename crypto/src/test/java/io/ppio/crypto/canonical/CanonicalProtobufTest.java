package io.ppio.crypto.canonical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.fixtures.Damage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Exact bytes, round trip and damage of the canonical form (consensus specification 2.3).
class CanonicalProtobufTest {
  /// A message with a field of every type.
  private record Every(
      int small,
      long large,
      int signed,
      boolean flag,
      Bytes bytes,
      Hash hash,
      BigInteger amount,
      String text,
      Bytes nested,
      List<Bytes> list,
      List<Long> packed) {
    private byte[] encode() {
      return new CanonicalWriter()
          .u32(1, small)
          .u64(2, large)
          .s32(3, signed)
          .bool(5, flag)
          .bytes(6, bytes)
          .hash(7, hash)
          .amount(8, amount)
          .string(9, text)
          .message(10, nested.toArray())
          .list(11, list, Bytes::toArray)
          .packed(200, packed)
          .toBytes();
    }

    private static Every decode(byte[] bytes) throws MalformedMessage {
      return CanonicalReader.whole(
          bytes,
          in ->
              new Every(
                  in.u32(1),
                  in.u64(2),
                  in.s32(3),
                  in.bool(5),
                  in.bytes(6, 100),
                  in.hash(7),
                  in.amount(8),
                  in.string(9, 100),
                  in.message(10, 100, Bytes::of),
                  in.list(11, 5, 20, Bytes::of),
                  in.packed(200, 5)));
    }

    private static Every any(RandomGenerator random) {
      List<Bytes> list = new ArrayList<>();
      List<Long> packed = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        list.add(anyBytes(random, random.nextInt(21)));
        packed.add(random.nextLong() >>> random.nextInt(64));
      }
      return new Every(
          random.nextInt() >>> random.nextInt(32),
          random.nextLong() >>> random.nextInt(64),
          random.nextInt() >> random.nextInt(32),
          random.nextBoolean(),
          anyBytes(random, random.nextInt(101)),
          new Hash(anyBytes(random, 32)),
          new BigInteger(1, anyBytes(random, 16).toArray()).shiftRight(1 + random.nextInt(128)),
          "é".repeat(random.nextInt(50)),
          anyBytes(random, random.nextInt(101)),
          list,
          packed);
    }

    private static Bytes anyBytes(RandomGenerator random, int size) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      return Bytes.of(bytes);
    }
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static void refused(String message, CanonicalReader.Body<?> body) {
    assertThrows(MalformedMessage.class, () -> CanonicalReader.whole(hex(message), body), message);
  }

  @Test
  void everyTypeHasTheBytesOfItsRule() {
    byte[] message =
        new CanonicalWriter()
            .u32(1, -1)
            .u64(2, 300)
            .s32(3, -2)
            .bool(5, true)
            .bytes(6, new byte[] {9})
            .amount(8, BigInteger.valueOf(255))
            .string(9, "é")
            .message(10, new byte[0])
            .list(11, List.of(new byte[0], new byte[] {1}), bytes -> bytes)
            .packed(200, List.of(0L, 128L))
            .toBytes();
    assertArrayEquals(
        hex(
            "08 ffffffff0f 10 ac02 18 03 28 01 32 01 09 42 01 ff 4a 02 c3a9"
                + "52 00 5a 00 5a 01 01 c20c 03 00 8001"),
        message);
  }

  @Test
  void defaultsAreLeftOut() {
    byte[] message =
        new CanonicalWriter()
            .u32(1, 0)
            .u64(2, 0)
            .s32(3, 0)
            .bool(5, false)
            .bytes(6, Bytes.EMPTY)
            .amount(7, BigInteger.ZERO)
            .string(8, "")
            .list(9, List.of(), bytes -> new byte[0])
            .packed(10, List.of())
            .toBytes();
    assertEquals(0, message.length);
  }

  @Test
  void fieldsOutOfOrderAndAmountsOutOfRangeAreOurOwnBug() {
    assertThrows(IllegalStateException.class, () -> new CanonicalWriter().u32(2, 1).u32(1, 1));
    assertThrows(IllegalStateException.class, () -> new CanonicalWriter().u32(2, 1).u32(2, 1));
    BigInteger tooLarge = BigInteger.TWO.pow(127);
    assertThrows(IllegalStateException.class, () -> new CanonicalWriter().amount(1, tooLarge));
    assertThrows(
        IllegalStateException.class,
        () -> new CanonicalWriter().amount(1, BigInteger.ONE.negate()));
  }

  @Seeds(200)
  void whatWasWrittenIsReadBack(RandomGenerator random) throws MalformedMessage {
    Every message = Every.any(random);
    assertEquals(message, Every.decode(message.encode()));
  }

  @Seeds(100)
  void damagedBytesAreRefusedOrAreTheirOwnCanonicalForm(RandomGenerator random) {
    byte[] sound = Every.any(random).encode();
    int refused =
        Damage.refused(
            sound,
            200,
            random,
            bytes -> assertArrayEquals(bytes, Every.decode(bytes).encode(), "two forms"));
    assertTrue(refused > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08 8000", // not the shortest form of 0
        "08 8100", // nor of 1
        "08 00", // a default
        "08 ffffffffffffffffff02", // bits above the 64th
        "08 ffffffffffffffffff7f",
        "08 8080808080808080808001", // eleven bytes
        "08 80", // ends early
        "08",
        "09 0100000000000000", // another wire type
        "0a 00",
        "0d 01000000",
        "0b 0c", // a group
        "0c",
        "0e",
        "8800 01", // a tag that is not the shortest
        "00 01", // field 0
        "10 01", // another field
        "08 01 08 01", // twice
        "08 01 00",
      })
  void integersHaveOneForm(String message) {
    refused(message, in -> in.u64(1));
  }

  @Test
  void integersOfTheFullRangeAreRead() throws MalformedMessage {
    assertEquals(-1L, CanonicalReader.<Long>whole(hex("08 ffffffffffffffffff01"), in -> in.u64(1)));
    assertEquals(-1, CanonicalReader.<Integer>whole(hex("08 ffffffff0f"), in -> in.u32(1)));
    refused("08 8080808010", in -> in.u32(1));
    refused("08 06", in -> in.u32(1, 5));
    refused("08 ffffffff0f", in -> in.u32(1, Integer.MAX_VALUE));
    refused("08 02", in -> in.bool(1));
    refused("09 0100000000000000", in -> in.u64(1));
  }

  @ParameterizedTest
  @CsvSource({"0a 00", "0a 02 01", "0a 04 01020304", "0a ffffffff0f 01", "0a ff", "0a 8001 01"})
  void bytesKeepTheirLimit(String message) {
    refused(message, in -> in.bytes(1, 3));
  }

  @Test
  void fixedSizesAreKept() throws MalformedMessage {
    refused("", in -> in.hash(1));
    refused("0a 02 0101", in -> in.fixedBytes(1, 3));
    refused("0a 02 0101", in -> in.optionalFixedBytes(1, 3));
    assertEquals(
        Bytes.EMPTY, CanonicalReader.whole(new byte[0], in -> in.optionalFixedBytes(1, 3)));
    refused("", in -> in.message(1, 10, Bytes::of));
    assertEquals(
        Bytes.EMPTY, CanonicalReader.whole(hex("0a 00"), in -> in.message(1, 10, Bytes::of)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0a 02 0001", // a leading zero
        "0a 10 80000000000000000000000000000000", // 2^127
        "0a 11 0100000000000000000000000000000000",
      })
  void amountsHaveOneFormAndALimit(String message) {
    refused(message, in -> in.amount(1));
  }

  @Test
  void textIsUtf8() {
    refused("0a 01 ff", in -> in.string(1, 10));
    refused("0a 02 c080", in -> in.string(1, 10));
    refused("0a 03 eda080", in -> in.string(1, 10));
    refused("0a 04 61616161", in -> in.string(1, 3));
  }

  @Test
  void listsKeepTheirLimits() throws MalformedMessage {
    assertEquals(
        List.of(Bytes.EMPTY, Bytes.of((byte) 1)),
        CanonicalReader.whole(hex("0a 00 0a 01 01"), in -> in.list(1, 2, 1, Bytes::of)));
    refused("0a 00 0a 00 0a 00", in -> in.list(1, 2, 1, Bytes::of));
    refused("0a 02 0101", in -> in.list(1, 2, 1, Bytes::of));
    refused("0a 03 010101", in -> in.packed(1, 2));
    refused("0a 02 8000", in -> in.packed(1, 2));
    refused("0a 01 80", in -> in.packed(1, 2));
    refused("08 01", in -> in.packed(1, 2));
  }

  @Test
  void unknownFieldsAreRefusedUnlessSkippedOnPurpose() throws MalformedMessage {
    byte[] message = hex("08 01 12 01 05 21 0000000000000000 2d 00000000");
    assertThrows(MalformedMessage.class, () -> CanonicalReader.whole(message, in -> in.u32(1)));
    CanonicalReader in = new CanonicalReader(message);
    assertEquals(1, in.u32(1));
    assertTrue(in.has(2));
    assertFalse(in.has(1));
    in.skipRest();
    in.end();
    CanonicalReader group = new CanonicalReader(hex("13 14"));
    assertThrows(MalformedMessage.class, group::skipRest);
    CanonicalReader early = new CanonicalReader(hex("12 05 01"));
    assertThrows(MalformedMessage.class, early::skipRest);
  }

  @Test
  void aValueThatARecordRefusesIsMalformed() {
    refused("0a 01 01", in -> new Hash(in.bytes(1, 100)));
  }

  @Test
  void readersOfBytesAndArraysAgree() throws MalformedMessage {
    byte[] message = new CanonicalWriter().string(3, "same").toBytes();
    assertEquals("same", new CanonicalReader(Bytes.of(message)).string(3, 4));
    assertEquals("same", new CanonicalReader(Arrays.copyOf(message, message.length)).string(3, 4));
  }
}
