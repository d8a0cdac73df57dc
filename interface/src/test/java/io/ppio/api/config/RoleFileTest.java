package io.ppio.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a role file may hold, and that its mistakes are named.
class RoleFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    RoleFile file =
        new RoleFile(
            "miner-1",
            folder.resolve("data"),
            new RoleFile.HostPort("::1", 8050),
            folder.resolve("genesis.json"),
            List.of(new BootstrapAddress("b", "127.0.0.1", 8020, 8020, "00")),
            Optional.of(2L << 30),
            "DEBUG");
    Path path = folder.resolve("config.json");
    Files.write(path, file.toBytes());
    assertEquals(file, RoleFile.read(path));
  }

  @Test
  void relativePathsStartAtTheFile() throws IOException {
    Path path = folder.resolve("config.json");
    Files.writeString(path, "{\"DataDir\":\"d\",\"Capacity\":\"1.5GiB\"}");
    assertTrue(refusal(path).contains("1.5GiB"));
    Files.writeString(path, "{\"DataDir\":\"d\",\"Capacity\":\"1GiB\"}");
    assertEquals(folder.resolve("d").toAbsolutePath(), RoleFile.read(path).dataDir());
    assertEquals(Optional.of(1L << 30), RoleFile.read(path).capacityBytes());
  }

  @Test
  void mistakesAreNamedWithTheFile() throws IOException {
    Path path = folder.resolve("config.json");
    assertTrue(refusal(path).contains("does not exist"));
    Files.writeString(path, "{\"Lisen\":\"127.0.0.1:1\"}");
    assertTrue(refusal(path).contains("unknown member Lisen"));
    Files.writeString(path, "{\"Listen\":\"8050\"}");
    assertTrue(refusal(path).contains("'8050' is no address"));
    Files.writeString(path, "[");
    assertTrue(refusal(path).contains("not JSON"));
  }

  private static String refusal(Path path) {
    return String.valueOf(assertThrows(IOException.class, () -> RoleFile.read(path)).getMessage());
  }

  @Test
  void sizesTakeUnitsOfEitherCase() {
    assertEquals(10L << 30, ByteSize.parse("10G"));
    assertEquals(512, ByteSize.parse("512"));
    assertEquals(3L << 20, ByteSize.parse("3 mib"));
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse("99999999999T"));
    assertEquals("1.5 GiB", ByteSize.format(3L << 29));
    assertEquals("7 B", ByteSize.format(7));
  }
}
