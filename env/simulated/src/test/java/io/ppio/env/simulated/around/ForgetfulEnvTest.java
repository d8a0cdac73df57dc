package io.ppio.env.simulated.around;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.env.Bytes;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ForgetfulEnvTest {
  private static final Path FOLDER = Path.of("/data");
  private static final Bytes KEY = Bytes.of((byte) 1);
  private static final int SEEDS = 40;

  /// Writes and forces, loses power, and looks.
  private static List<Boolean> kept(long seed, UnaryOperator<Env> around) {
    List<Boolean> kept = new ArrayList<>();
    try (SimWorld world = new SimWorld(seed)) {
      SimNode node = world.node("node");
      node.start(real -> write(around.apply(real)));
      world.runUntil(Duration.ofSeconds(1));
      node.kill();
      node.start(real -> {
        Path file = FOLDER.resolve("file");
        kept.add(real.disk().exists(file) && real.disk().readAll(file, 1).length == 1);
        try (Store store = real.disk().openStore(FOLDER.resolve("store"))) {
          kept.add(store.get(KEY).isPresent());
        }
      });
      world.runUntil(Duration.ofSeconds(2));
    }
    return kept;
  }

  private static void write(Env env) throws IOException {
    Disk disk = env.disk();
    disk.createFolders(FOLDER);
    disk.forceFolder(Path.of("/"));
    try (DiskFile file = disk.open(FOLDER.resolve("file"), Disk.Mode.CREATE_NEW)) {
      file.write(ByteBuffer.allocate(1), 0);
      file.force();
    }
    disk.forceFolder(FOLDER);
    try (Store store = disk.openStore(FOLDER.resolve("store"))) {
      store.commit(new StoreBatch().put(KEY, KEY), Store.Durability.SYNCED);
    }
  }

  @Test
  void losesWhatTheRealOneKeeps() {
    boolean fileLost = false;
    boolean batchLost = false;
    for (long seed = 0; seed < SEEDS; seed++) {
      assertEquals(List.of(true, true), kept(seed, real -> real));
      List<Boolean> forgotten = kept(seed, env -> new ForgetfulEnv(env, _ -> true, _ -> false));
      fileLost |= !forgotten.getFirst();
      batchLost |= !forgotten.getLast();
    }
    assertEquals(List.of(true, true), List.of(fileLost, batchLost));
  }
}
