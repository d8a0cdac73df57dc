package io.ppio.physical.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Disk;
import io.ppio.env.Disk.Mode;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimWorld;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.physical.disk.DiskHealth.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TileFileTest {
  private static final Path FILE = Path.of("/plot.dat");
  private static final TileFileHeader HEADER = new TileFileHeader(filled(1), filled(2), 6, 2, 3);

  private static Bytes filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  @Test
  void headerHasTheBytesOfTheSpecification() {
    byte[] encoded = HEADER.encode();
    assertEquals(4096, encoded.length);
    assertEquals(
        "50504c4f5431"
            + "01".repeat(32)
            + "02".repeat(32)
            + "0000000000000006"
            + "00000002"
            + "03"
            + "3cd80727",
        Bytes.of(encoded, 0, 87).hex());
    assertArrayEquals(new byte[4096 - 87], Arrays.copyOfRange(encoded, 87, 4096));
    assertEquals(4096 + 6 * 131_072, HEADER.fileBytes());
  }

  @Test
  void headerReadsBack() throws UnreadableFile {
    assertEquals(HEADER, TileFileHeader.decode(HEADER.encode(), "it"));
  }

  @Test
  void errorsTellAnotherVersionFromDamage() {
    assertEquals("it has format 0, this program reads 1", refusalOfVersion('0'));
    assertEquals("it has format 2, this program reads 1", refusalOfVersion('2'));
    assertEquals("it is no file of tiles", refusalOfVersion('x'));
  }

  private static String refusalOfVersion(char digit) {
    byte[] encoded = HEADER.encode();
    encoded[5] = (byte) digit;
    return String.valueOf(
        assertThrows(UnreadableFile.class, () -> TileFileHeader.decode(encoded, "it"))
            .getMessage());
  }

  @Seeds(200)
  void damageOfTheHeaderIsSeen(RandomGenerator random) {
    byte[] encoded = HEADER.encode();
    encoded[random.nextInt(87)] ^= (byte) (1 << random.nextInt(8));
    assertThrows(UnreadableFile.class, () -> TileFileHeader.decode(encoded, "it"));
  }

  @Test
  void tilesReadBackWithTheirChecksums() {
    SimWorld.run(
        1,
        env -> {
          TileFile.create(env.disk(), FILE, HEADER);
          byte[] first = tile(7);
          byte[] last = tile(8);
          try (TileFile file = TileFile.open(env.disk(), FILE, env.clock())) {
            assertEquals(HEADER, file.header());
            file.write(0, ByteBuffer.wrap(first));
            file.write(5, ByteBuffer.wrap(last));
            file.force();
            byte[] read = new byte[TileFile.TILE_BYTES];
            assertEquals(TileFile.checksum(ByteBuffer.wrap(last)), file.read(5, read));
            assertArrayEquals(last, read);
            assertThrows(IllegalArgumentException.class, () -> file.read(6, read));
            assertEquals(2, file.health().of(Operation.WRITE).count());
            assertTrue(file.health().of(Operation.READ).latency().isPositive());
            assertEquals(0, file.health().of(Operation.READ).errors());
          }
          byte[] raw = new byte[TileFile.TILE_BYTES];
          try (DiskFile file = env.disk().open(FILE, Mode.READ)) {
            file.readFully(ByteBuffer.wrap(raw), 4096);
            assertArrayEquals(first, raw);
            file.readFully(ByteBuffer.wrap(raw), 4096 + 5 * 131_072L);
            assertArrayEquals(last, raw);
            assertEquals(HEADER.fileBytes(), file.size());
          }
        });
  }

  private static byte[] tile(int seed) {
    byte[] content = new byte[TileFile.TILE_BYTES];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * seed + (i >> 8));
    }
    return content;
  }

  @Test
  void existingFileIsNotReplaced() {
    SimWorld.run(
        1,
        env -> {
          TileFile.create(env.disk(), FILE, HEADER);
          assertThrows(
              FileAlreadyExistsException.class, () -> TileFile.create(env.disk(), FILE, HEADER));
        });
  }

  @Test
  void fileShorterThanItsHeaderSaysIsRefused() {
    SimWorld.run(
        1,
        env -> {
          TileFile.create(env.disk(), FILE, HEADER);
          refusesWhenCutTo(env, HEADER.fileBytes() - 1);
          refusesWhenCutTo(env, 4095);
          refusesWhenCutTo(env, 0);
        });
  }

  private static void refusesWhenCutTo(Env env, long size) throws IOException {
    byte[] content = env.disk().readAll(FILE, (int) HEADER.fileBytes());
    env.disk().delete(FILE);
    try (DiskFile file = env.disk().open(FILE, Mode.CREATE_NEW)) {
      file.write(ByteBuffer.wrap(content, 0, (int) size), 0);
    }
    assertThrows(UnreadableFile.class, () -> TileFile.open(env.disk(), FILE, env.clock()).close());
  }

  @Test
  void fullDiskLeavesNothingBehind() {
    SimConfig small =
        SimConfig.calm()
            .with(
                new SimConfig.DiskModel(
                    Duration.ofNanos(1000), Duration.ofMillis(1), HEADER.fileBytes() - 1));
    try (SimWorld world = new SimWorld(1, small)) {
      boolean[] ended = {false};
      world
          .node("disk")
          .start(env -> {
            Disk disk = env.disk();
            assertThrows(IOException.class, () -> TileFile.create(disk, FILE, HEADER));
            assertTrue(disk.list(Path.of("/")).isEmpty());
            assertEquals(HEADER.fileBytes() - 1, disk.usableBytes(FILE));
            ended[0] = true;
          });
      world.expect(RunEnd.DONE, world.runUntil(() -> ended[0], Duration.ofMinutes(1)));
    }
  }

  @Seeds(40)
  void crashWhileMakingLeavesTheWholeFileOrNone(long seed) {
    for (int kill = 1; kill <= 9; kill++) {
      try (SimWorld world = new SimWorld(seed)) {
        var node = world.node("disk");
        node.killAtOperation(kill);
        node.start(env -> TileFile.create(env.disk(), FILE, HEADER));
        world.expect(RunEnd.IDLE, world.runUntil(Duration.ofMinutes(1)));
        node.kill();
        boolean[] ended = {false};
        node.start(env -> {
          if (!env.disk().exists(FILE)) {
            TileFile.create(env.disk(), FILE, HEADER);
          }
          TileFile.open(env.disk(), FILE, env.clock()).close();
          assertFalse(env.disk().exists(Path.of("/plot.dat.new")));
          ended[0] = true;
        });
        world.expect(RunEnd.DONE, world.runUntil(() -> ended[0], Duration.ofMinutes(2)));
      }
    }
  }

  @Test
  void folderAndItsNewParentsSurviveACrash() {
    try (SimWorld world = new SimWorld(1)) {
      var node = world.node("disk");
      Path folder = Path.of("/a/b/c");
      boolean[] ended = {false, false};
      node.start(env -> {
        DurableFolder.create(env.disk(), folder);
        ended[0] = true;
      });
      world.expect(RunEnd.DONE, world.runUntil(() -> ended[0], Duration.ofMinutes(1)));
      node.kill();
      node.start(env -> ended[1] = env.disk().exists(folder));
      world.expect(RunEnd.DONE, world.runUntil(() -> ended[1], Duration.ofMinutes(2)));
    }
  }
}
