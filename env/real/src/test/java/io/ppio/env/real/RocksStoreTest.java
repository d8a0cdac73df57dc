package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
