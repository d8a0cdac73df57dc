package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledTreeTest {
  private static final String SOURCE = "check/sim/src/main/java/io/ppio/data/Store.java";
  private static final String CLASS = "check/sim/target/classes/io/ppio/data/Store.class";

  @TempDir private Path root = Path.of("");

  private void write(String path, byte[] bytes, long second) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000 * second));
  }

  private void plant(String path, String text, long second) throws IOException {
    write(path, text.getBytes(StandardCharsets.UTF_8), second);
  }

  private CompiledTree read() throws IOException {
    SourceTree tree = SourceTree.read(root);
    return CompiledTree.read(root, tree, tree.javaSources());
  }

  @Test
  void classesAreReadBesideTheirSourcesAndServices() throws IOException {
    plant(SOURCE, "package io.ppio.data; class Store {}", 1);
    plant("check/sim/src/main/resources/META-INF/services/x", "io.ppio.data.Store # why\n", 1);
    byte[] store = new PlantedClasses().main("Store", "class Store {}").bytes().getFirst();
    byte[] made = new PlantedClasses().main("Made", "class Made {}").bytes().getFirst();
    byte[] test = new PlantedClasses().main("StoreTest", "class StoreTest {}").bytes().getFirst();
    write(CLASS, store, 2);
    write(CLASS.replace("Store", "Made"), made, 2);
    write(CLASS.replace("Store", "Gone"), test, 2);
    write(CLASS.replace("classes", "test-classes").replace("Store", "StoreTest"), test, 2);
    plant("check/sim/target/generated-sources/annotations/io/ppio/data/Made.java", "", 2);
    CompiledTree compiled = read();
    assertEquals(Set.of("io/ppio/data/Store"), compiled.main().keySet());
    assertEquals("io/ppio/data/Made", compiled.generated().getFirst().name());
    assertEquals("io/ppio/data/StoreTest", compiled.tests().getFirst().name());
    assertEquals(Set.of("io/ppio/data/Store"), compiled.services());
  }

  @Test
  void aSourceThatWasNotBuiltSaysWhatToRun() throws IOException {
    plant(SOURCE, "package io.ppio.data; class Store {}", 3);
    assertEquals(
        "no class file of " + SOURCE + ": run `./mvnw test-compile` first, over all modules",
        assertThrows(AssertionError.class, this::read).getMessage());
    byte[] store = new PlantedClasses().main("Store", "class Store {}").bytes().getFirst();
    write(CLASS, store, 2);
    assertEquals(
        "the class file of "
            + SOURCE
            + " is older than it: run `./mvnw test-compile` first, over all modules",
        assertThrows(AssertionError.class, this::read).getMessage());
  }
}
