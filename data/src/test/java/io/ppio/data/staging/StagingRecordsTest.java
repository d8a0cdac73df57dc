package io.ppio.data.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.fixtures.DamagedRecord;
import io.ppio.data.plot.Segment;
import io.ppio.data.staging.StagingRecords.Piece;
import io.ppio.data.staging.StagingRecords.Stage;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StagingRecordsTest {
  private static final Hash ROOT = HexHash.of("aa".repeat(32));

  @Test
  void keysAndValuesHaveTheDocumentedBytes() throws MalformedMessage {
    Bytes id = Bytes.fromHex("0102");
    assertEquals("01550102", StagingRecords.key(id).hex());
    assertEquals(id, StagingRecords.id(StagingRecords.key(id)));
    Stage stage =
        new Stage(9, false, new TreeMap<>(Map.of(1, new Piece(7, ROOT), 8, new Piece(-1, ROOT))));
    assertEquals(
        "0809" + "1a024080" + "2208" + "00000007ffffffff" + "2a40" + "aa".repeat(64),
        StagingRecords.encode(stage).hex());
    Stage whole = new Stage(1, true, new TreeMap<>(Map.of(0, new Piece(0, ROOT))));
    assertEquals(
        "0801" + "1001" + "1a0180" + "220400000000" + "2a20" + "aa".repeat(32),
        StagingRecords.encode(whole).hex());
  }

  @Seeds(200)
  void recordsReadBack(RandomGenerator random) throws MalformedMessage {
    Stage stage = any(random);
    assertEquals(stage, StagingRecords.decode(StagingRecords.encode(stage)));
  }

  private static Stage any(RandomGenerator random) {
    int tiles = random.nextInt(1, Segment.TILES_MAX + 1);
    TreeMap<Integer, Piece> pieces = new TreeMap<>();
    int density = random.nextInt(5);
    for (int tile = 0; tile < tiles; tile++) {
      if (random.nextInt(4) < density) {
        byte[] root = new byte[32];
        random.nextBytes(root);
        pieces.put(tile, new Piece(random.nextInt(), Hash.of(root)));
      }
    }
    return new Stage(tiles, pieces.size() == tiles && random.nextBoolean(), pieces);
  }

  @Seeds(20)
  void damagedRecordIsMalformedOrAnotherRecord(RandomGenerator random) {
    for (int i = 0; i < 100; i++) {
      Stage stage = any(random);
      Bytes damaged = DamagedRecord.damage(StagingRecords.encode(stage), random);
      DamagedRecord.assertSeen(stage, () -> StagingRecords.decode(damaged));
    }
  }

  @Test
  void contradictionsAreMalformed() {
    assertMalformed("");
    assertMalformed("0801");
    assertMalformed("08011a0100" + "220400000000");
    assertMalformed("08011a01c0" + "220800000000000000002a40" + "aa".repeat(64));
    assertMalformed("080110011a0100");
    assertMalformed("0881011a01");
    assertThrows(MalformedMessage.class, () -> StagingRecords.id(Bytes.fromHex("0155")));
  }

  private static void assertMalformed(String hex) {
    assertThrows(MalformedMessage.class, () -> StagingRecords.decode(Bytes.fromHex(hex)), hex);
  }
}
