package io.ppio.data.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.fixtures.DamagedRecord;
import io.ppio.data.plot.PlotRecords.PlotRecord;
import io.ppio.data.segment.Roots;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.physical.disk.Extent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PlotRecordsTest {
  private static final Segment SEGMENT =
      new Segment(
          new Replica(
              filled(1),
              filled(2),
              filled(3),
              new Roots(filled(4), List.of(filled(6)), filled(5)),
              2),
          List.of(new Extent(0, 1), new Extent(300, 2)),
          SegmentState.ACTIVE,
          Instant.ofEpochMilli(1000),
          Optional.of(Instant.ofEpochMilli(2000)));

  private static Hash filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Hash.of(bytes);
  }

  private static String filledHex(int value) {
    return filled(value).hex();
  }

  @Test
  void keysHaveTheDocumentedBytes() throws MalformedMessage {
    assertEquals("0150", PlotRecords.PLOT.hex());
    assertEquals("0153" + filledHex(9), PlotRecords.segmentKey(filled(9)).hex());
    assertEquals("015400000102", PlotRecords.tileKey(0x102).hex());
    assertEquals(0x102, PlotRecords.tileIndex(PlotRecords.tileKey(0x102)));
    assertEquals(filled(9), PlotRecords.rid(PlotRecords.segmentKey(filled(9))));
    assertThrows(
        MalformedMessage.class, () -> PlotRecords.tileIndex(Bytes.fromHex("0154ffffffff")));
    assertThrows(MalformedMessage.class, () -> PlotRecords.tileIndex(Bytes.fromHex("0154")));
    assertThrows(MalformedMessage.class, () -> PlotRecords.rid(Bytes.fromHex("0153aa")));
  }

  @Test
  void valuesHaveTheDocumentedBytes() {
    assertEquals(
        "0a20" + filledHex(7) + "10801018" + "01",
        PlotRecords.encode(new PlotRecord(filled(7), 2048, true)).hex());
    assertEquals("0804", PlotRecords.encode(new TileRecord.Other(TileState.FREED)).hex());
    assertEquals(
        "0803" + "1005" + "1a20" + filledHex(1) + "2002" + "2a20" + filledHex(8),
        PlotRecords.encode(new TileRecord.Held(5, filled(1), 2, filled(8))).hex());
    assertEquals(
        "0a20"
            + filledHex(2)
            + "1220"
            + filledHex(3)
            + "1a20"
            + filledHex(4)
            + "2220"
            + filledHex(5)
            + "2a20"
            + filledHex(6)
            + "3002"
            + "3a05"
            + "0001ac0202"
            + "4002"
            + "48e807"
            + "50d00f",
        PlotRecords.encode(SEGMENT).hex());
  }

  @Seeds(200)
  void segmentsReadBack(RandomGenerator random) throws MalformedMessage {
    Segment segment = any(random);
    Hash rid = segment.replica().rid();
    assertEquals(segment, PlotRecords.decodeSegment(rid, PlotRecords.encode(segment)));
  }

  private static Segment any(RandomGenerator random) {
    List<Extent> extents = new ArrayList<>();
    int tiles = random.nextInt(1, Segment.TILES_MAX + 1);
    while (tiles > 0) {
      int count = random.nextInt(1, tiles + 1);
      extents.add(new Extent(random.nextInt(1 << 29), count));
      tiles -= count;
    }
    List<Hash> layers = new ArrayList<>();
    for (int i = random.nextInt(Roots.LAYERS_MAX + 1); i > 0; i--) {
      layers.add(anyHash(random));
    }
    Replica replica =
        new Replica(
            anyHash(random),
            anyHash(random),
            anyHash(random),
            new Roots(anyHash(random), layers, anyHash(random)),
            random.nextInt(16));
    Segment sealed =
        new Segment(
            replica,
            extents,
            SegmentState.SEALED,
            Instant.ofEpochMilli(random.nextLong(1L << 50)),
            Optional.empty());
    return random.nextBoolean()
        ? sealed
        : sealed.activated(Instant.ofEpochMilli(random.nextLong(1, 1L << 50)));
  }

  private static Hash anyHash(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  @Test
  void tilesAndPlotsReadBack() throws MalformedMessage {
    PlotRecord plot = new PlotRecord(filled(7), 1 << 30, false);
    assertEquals(plot, PlotRecords.decodePlot(PlotRecords.encode(plot)));
    TileRecord held = new TileRecord.Held(-1, filled(1), 127, filled(8));
    assertEquals(held, PlotRecords.decodeTile(PlotRecords.encode(held)));
    for (TileState state : TileState.values()) {
      if (state != TileState.DATA) {
        TileRecord other = new TileRecord.Other(state);
        assertEquals(other, PlotRecords.decodeTile(PlotRecords.encode(other)));
      }
    }
  }

  @Seeds(20)
  void damagedSegmentIsMalformedOrAnotherSegment(RandomGenerator random) {
    for (int i = 0; i < 100; i++) {
      Segment segment = any(random);
      Bytes damaged = DamagedRecord.damage(PlotRecords.encode(segment), random);
      DamagedRecord.assertSeen(
          segment, () -> PlotRecords.decodeSegment(segment.replica().rid(), damaged));
    }
  }

  @Seeds(20)
  void damagedTileIsMalformedOrAnotherTile(RandomGenerator random) {
    TileRecord tile = new TileRecord.Held(5, filled(1), 2, filled(8));
    for (int i = 0; i < 100; i++) {
      Bytes damaged = DamagedRecord.damage(PlotRecords.encode(tile), random);
      DamagedRecord.assertSeen(tile, () -> PlotRecords.decodeTile(damaged));
    }
  }

  @Test
  void recordsBeyondTheirLimitsAreMalformed() {
    assertMalformed("3a00");
    String head =
        "0a20"
            + filledHex(2)
            + "1220"
            + filledHex(3)
            + "1a20"
            + filledHex(4)
            + "2220"
            + filledHex(5);
    assertMalformed(head + "4001");
    assertMalformed(head + "3a0100" + "4001");
    assertMalformed(head + "3a020000" + "4001");
    assertMalformed(head + "3a03008101" + "4001");
    assertMalformed(head + "3a020001" + "4003");
    assertMalformed(head + "3a020001" + "4001" + "5001");
    assertMalformed(head + "3a020001" + "4002");
    assertMalformed(head + "3a06ffffffff0f01" + "4001");
  }

  private static void assertMalformed(String hex) {
    assertThrows(
        MalformedMessage.class,
        () -> PlotRecords.decodeSegment(filled(1), Bytes.fromHex(hex)),
        hex);
  }
}
