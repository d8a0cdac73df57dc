package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.env.simulated.fixtures.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The store of a node that is not killed.
class SimStoreTest {
  private static final Path FOLDER = Path.of("/store");

  private interface Body {
    void use(Store store) throws Exception;
  }

  private static void onStore(Body body) {
    SimWorld.run(
        1,
        env -> {
          try (Store store = env.disk().openStore(FOLDER)) {
            body.use(store);
          }
        });
  }

  private static Bytes key(int number) {
    return Bytes.of((byte) (number >> 8), (byte) number);
  }

  @Seeds(20)
  void behavesLikeASortedMap(RandomGenerator random) {
    onStore(store -> {
      TreeMap<Bytes, Bytes> model = new TreeMap<>();
      for (int step = 0; step < 300; step++) {
        StoreBatch batch = new StoreBatch();
        for (int i = random.nextInt(5); i >= 0; i--) {
          Bytes key = key(random.nextInt(200));
          if (random.nextInt(3) == 0) {
            batch.delete(key);
            model.remove(key);
          } else {
            Bytes value = key(random.nextInt(1 << 16));
            batch.put(key, value);
            model.put(key, value);
          }
        }
        store.commit(batch, random.nextBoolean() ? Durability.SYNCED : Durability.UNSYNCED);
        Bytes from = key(random.nextInt(200));
        Bytes to = key(random.nextInt(200));
        List<Bytes> seen = new ArrayList<>();
        store.scan(
            from,
            to,
            (key, value) -> {
              assertEquals(model.get(key), value);
              return seen.add(key);
            });
        List<Bytes> expected =
            from.compareTo(to) < 0 ? List.copyOf(model.subMap(from, to).keySet()) : List.of();
        assertEquals(expected, seen);
        assertEquals(Optional.ofNullable(model.get(from)), store.get(from));
      }
    });
  }

  @Test
  void aBatchIsAppliedOnlyIfItsExpectationsHold() {
    onStore(store -> {
      Bytes a = key(1);
      assertTrue(store.commit(new StoreBatch().expectAbsent(a).put(a, a), Durability.SYNCED));
      assertFalse(store.commit(new StoreBatch().expectAbsent(a).delete(a), Durability.SYNCED));
      assertFalse(
          store.commit(new StoreBatch().expect(a, key(2)).put(key(3), a), Durability.UNSYNCED));
      assertEquals(Optional.empty(), store.get(key(3)));
      assertTrue(store.commit(new StoreBatch().expect(a, a).put(a, key(2)), Durability.UNSYNCED));
      assertEquals(Optional.of(key(2)), store.get(a));
    });
  }

  @Test
  void aScanSeesOneMomentAndEndsWhereItIsTold() {
    onStore(store -> {
      for (int i = 0; i < 10; i++) {
        store.commit(new StoreBatch().put(key(i), key(i)), Durability.UNSYNCED);
      }
      List<Bytes> seen = new ArrayList<>();
      store.scan(
          key(0),
          key(100),
          (key, value) -> {
            store.commit(
                new StoreBatch().delete(key(9)).put(key(50), key(50)), Durability.UNSYNCED);
            return seen.add(key);
          });
      assertEquals(10, seen.size());
      assertEquals(Optional.empty(), store.get(key(9)));
      int[] count = {0};
      store.scan(key(0), key(100), (key, value) -> ++count[0] < 3);
      assertEquals(3, count[0]);
    });
  }

  @Test
  void aPrefixIsScannedWholeAndAlone() {
    onStore(store -> {
      StoreBatch batch = new StoreBatch();
      for (String key : List.of("01", "02", "0200", "02ffff", "03")) {
        batch.put(Bytes.fromHex(key), key(0));
      }
      store.commit(batch, Durability.UNSYNCED);
      List<String> seen = new ArrayList<>();
      store.scanPrefix(Bytes.fromHex("02"), (key, _) -> seen.add(key.hex()));
      assertEquals(List.of("02", "0200", "02ffff"), seen);
    });
  }

  @Test
  void aBatchThatMeetsAnotherCommitIsMadeAnew() {
    onStore(store -> {
      store.commit(new StoreBatch().put(key(1), key(0)), Durability.UNSYNCED);
      int[] attempts = {0};
      store.change(
          Durability.SYNCED,
          () -> {
            Bytes before = store.get(key(1)).orElseThrow();
            if (attempts[0]++ < 3) {
              store.commit(new StoreBatch().put(key(1), key(attempts[0])), Durability.UNSYNCED);
            }
            return new Store.Attempted<>(
                new StoreBatch().expect(key(1), before).put(key(2), before), before);
          });
      assertEquals(4, attempts[0]);
      assertEquals(Optional.of(key(3)), store.get(key(2)));
    });
  }

  @Test
  void aBatchThatNeverHoldsIsGivenUp() {
    onStore(store -> {
      int[] attempts = {0};
      assertThrows(
          IOException.class,
          () ->
              store.change(
                  Durability.UNSYNCED,
                  () -> {
                    attempts[0]++;
                    return new Store.Attempted<>(
                        new StoreBatch().expect(key(1), key(1)).put(key(2), key(2)), key(2));
                  }));
      assertEquals(Store.ATTEMPTS_MAX, attempts[0]);
      assertEquals(Optional.empty(), store.get(key(2)));
    });
  }

  @Test
  void aStoreIsOpenOnceAndKeepsItsContentWhenClosed() {
    SimWorld.run(
        1,
        env -> {
          Store first = env.disk().openStore(FOLDER);
          assertThrows(IOException.class, () -> env.disk().openStore(FOLDER));
          first.commit(new StoreBatch().put(key(1), key(2)), Durability.UNSYNCED);
          first.close();
          first.close();
          assertThrows(IOException.class, () -> first.get(key(1)));
          try (Store second = env.disk().openStore(FOLDER)) {
            assertEquals(Optional.of(key(2)), second.get(key(1)));
          }
        });
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
