package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksStoreTest {
  @TempDir Path folder;

  private Env env() {
    return new RealEnv("test", folder, new RecordedLog());
  }

  private Store open() throws IOException {
    return env().disk().openStore(folder.resolve("store"));
  }

  private static Bytes key(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes number(long value) {
    return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private static List<String> keys(Store store, String from, String to) throws IOException {
    List<String> keys = new ArrayList<>();
    store.scan(
        key(from),
        key(to),
        (key, _) -> keys.add(new String(key.toArray(), StandardCharsets.UTF_8)));
    return keys;
  }

  @Test
  void whatWasCommittedIsThereAfterReopening() throws Exception {
    try (Store store = open()) {
      store.commit(
          new StoreBatch().put(key("a"), key("1")).put(key("b"), key("2")).delete(key("a")),
          Durability.SYNCED);
      store.commit(new StoreBatch().put(key("c"), Bytes.EMPTY), Durability.UNSYNCED);
    }
    try (Store store = open()) {
      assertEquals(Optional.empty(), store.get(key("a")));
      assertEquals(Optional.of(key("2")), store.get(key("b")));
      assertEquals(Optional.of(Bytes.EMPTY), store.get(key("c")));
    }
  }

  @Test
  void aScanSeesItsRangeInUnsignedOrder() throws Exception {
    try (Store store = open()) {
      StoreBatch batch = new StoreBatch();
      for (String name : List.of("a", "aa", "ab", "b", "ba", "c")) {
        batch.put(key(name), key(name));
      }
      batch.put(Bytes.of((byte) 0xff), Bytes.EMPTY);
      store.commit(batch, Durability.UNSYNCED);
      assertEquals(List.of("aa", "ab", "b"), keys(store, "aa", "ba"));
      assertEquals(List.of(), keys(store, "b", "b"));
      assertEquals(List.of(), keys(store, "c", "a"));
      List<Bytes> last = new ArrayList<>();
      store.scan(Bytes.of((byte) 0x7f), Bytes.of((byte) 0xff, (byte) 0), (key, _) -> last.add(key));
      assertEquals(List.of(Bytes.of((byte) 0xff)), last);
    }
  }

  @Test
  void aScanStopsWhenToldAndSeesNoLaterChange() throws Exception {
    try (Store store = open()) {
      store.commit(
          new StoreBatch().put(key("a"), key("1")).put(key("b"), key("1")), Durability.UNSYNCED);
      List<Bytes> seen = new ArrayList<>();
      store.scan(
          key("a"),
          key("z"),
          (key, _) -> {
            store.commit(new StoreBatch().put(key("c"), key("1")), Durability.UNSYNCED);
            return seen.add(key);
          });
      assertEquals(List.of(key("a"), key("b")), seen);
      seen.clear();
      store.scan(key("a"), key("z"), (key, _) -> !seen.add(key));
      assertEquals(List.of(key("a")), seen);
    }
  }

  @Test
  void aPrefixIsScannedWholeAndAlone() throws Exception {
    try (Store store = open()) {
      StoreBatch batch = new StoreBatch();
      for (String key : List.of("01", "02", "0200", "02ffff", "03")) {
        batch.put(Bytes.fromHex(key), key("v"));
      }
      store.commit(batch, Durability.UNSYNCED);
      List<String> seen = new ArrayList<>();
      store.scanPrefix(Bytes.fromHex("02"), (key, _) -> seen.add(key.hex()));
      assertEquals(List.of("02", "0200", "02ffff"), seen);
    }
  }

  @Test
  void tasksThatAddToOneKeyLoseNoAddition() throws Exception {
    try (Store store = open();
        Tasks tasks = env().tasks("adding")) {
      store.commit(new StoreBatch().put(key("sum"), Bytes.of((byte) 0)), Durability.UNSYNCED);
      for (int i = 0; i < 5; i++) {
        tasks.fork(
            "add",
            () -> {
              for (int round = 0; round < 20; round++) {
                store.change(Durability.UNSYNCED, () -> added(store));
              }
            });
      }
      tasks.join();
      assertEquals(Optional.of(Bytes.of((byte) 100)), store.get(key("sum")));
    }
  }

  private static Store.Attempted<Bytes> added(Store store) throws IOException {
    Bytes before = store.get(key("sum")).orElseThrow();
    Bytes after = Bytes.of((byte) (before.at(0) + 1));
    return new Store.Attempted<>(
        new StoreBatch().expect(key("sum"), before).put(key("sum"), after), after);
  }

  @Test
  void aBatchWithAnUnmetExpectationChangesNothing() throws Exception {
    try (Store store = open()) {
      assertTrue(
          store.commit(
              new StoreBatch().put(key("a"), key("1")).expectAbsent(key("a")), Durability.SYNCED));
      assertFalse(
          store.commit(
              new StoreBatch()
                  .put(key("a"), key("2"))
                  .put(key("b"), key("2"))
                  .expectAbsent(key("a")),
              Durability.SYNCED));
      assertFalse(
          store.commit(
              new StoreBatch().delete(key("a")).expect(key("a"), key("2")), Durability.SYNCED));
      assertEquals(Optional.of(key("1")), store.get(key("a")));
      assertEquals(Optional.empty(), store.get(key("b")));
    }
  }

  @Test
  void noIncrementIsLostAmongManyTasks() throws Exception {
    int tasksCount = 16;
    int rounds = 50;
    try (Store store = open();
        Tasks tasks = env().tasks("increment")) {
      store.commit(new StoreBatch().put(key("n"), number(0)), Durability.UNSYNCED);
      for (int i = 0; i < tasksCount; i++) {
        Durability durability = i % 2 == 0 ? Durability.SYNCED : Durability.UNSYNCED;
        tasks.fork(
            "task-" + i,
            () -> {
              for (int round = 0; round < rounds; round++) {
                increment(store, durability);
              }
            });
      }
      tasks.join();
      assertEquals(Optional.of(number((long) tasksCount * rounds)), store.get(key("n")));
    }
  }

  private static void increment(Store store, Durability durability) throws IOException {
    boolean done = false;
    while (!done) {
      Bytes now = store.get(key("n")).orElseThrow();
      Bytes next = number(now.buffer().getLong() + 1);
      done = store.commit(new StoreBatch().put(key("n"), next).expect(key("n"), now), durability);
    }
  }

  @Test
  void aStoreInUseIsRefused() throws Exception {
    try (Store _ = open()) {
      IOException e = assertThrows(IOException.class, this::open);
      Messages.assertSays("is in use", e);
    }
  }

  @Test
  void aDamagedStoreIsRefused() throws Exception {
    try (Store store = open()) {
      store.commit(new StoreBatch().put(key("a"), key("1")), Durability.SYNCED);
    }
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      Path manifest =
          files
              .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
              .findFirst()
              .orElseThrow();
      byte[] content = Files.readAllBytes(manifest);
      content[content.length / 2] ^= 1;
      Files.write(manifest, content);
    }
    IOException e = assertThrows(IOException.class, this::open);
    Messages.assertSays("is damaged", e);
  }

  @Test
  void aClosedStoreRefusesAndClosesTwice() throws Exception {
    Store store = open();
    store.close();
    store.close();
    assertThrows(IOException.class, () -> store.get(key("a")));
  }

  @Test
  void closingWaitsForAScanThatIsInside() throws Exception {
    Store store = open();
    store.commit(new StoreBatch().put(key("a"), key("1")), Durability.UNSYNCED);
    try (Tasks tasks = env().tasks("close")) {
      store.scan(
          key("a"),
          key("b"),
          (key, value) -> {
            tasks.fork("close", store::close);
            return value.equals(key("1"));
          });
      tasks.join();
    }
    assertThrows(IOException.class, () -> store.get(key("a")));
  }
}
