package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What only a simulated store can show; what every store promises is a [StoreContract].
class SimStoreTest {
  private static final Path FOLDER = Path.of("/store");

  private static Bytes key(int number) {
    return Bytes.of((byte) (number >> 8), (byte) number);
  }

  @Test
  void aSyncedBatchIsSeenWhenItIsDurableAndNotBefore() {
    SimWorld.run(
        1,
        env -> {
          try (Store store = env.disk().openStore(FOLDER);
              var tasks = env.tasks("commit")) {
            var task =
                tasks.fork(
                    "commit",
                    () -> store.commit(new StoreBatch().put(key(1), key(1)), Durability.SYNCED));
            env.clock().sleep(Duration.ofNanos(1000));
            assertFalse(task.ended());
            assertEquals(Optional.empty(), store.get(key(1)));
            task.join();
            assertEquals(Optional.of(key(1)), store.get(key(1)));
          }
        });
  }
}
