package io.ppio.api.devnet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How this program starts itself again as another process: through the launcher scripts, because
/// they know the options of each role.
public final class Program {
  private Program() {}

  /// The command that runs `name` (`ppio` or `poss`) with `args`.
  ///
  /// @throws IllegalStateException when no launcher started this program
  public static List<String> command(String name, List<String> args) {
    String own = System.getProperty("ppio.launcher");
    if (own == null) {
      throw new IllegalStateException("to start others, this program must be started by ./" + name);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(own).resolveSibling(name).toString());
    command.addAll(args);
    return List.copyOf(command);
  }

  /// Starts `command` with its output in files of `folder`, in a session of its own where the
  /// system offers one, so that an interrupt on the terminal reaches only the program in front.
  ///
  /// @param stdin what the process reads, then its stdin ends
  public static Process start(List<String> command, Path folder, String stdin) throws IOException {
    List<String> whole = new ArrayList<>();
    setsid().ifPresent(path -> whole.add(path.toString()));
    whole.addAll(command);
    Process process =
        new ProcessBuilder(whole)
            .redirectOutput(folder.resolve("out.log").toFile())
            .redirectError(folder.resolve("err.log").toFile())
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(stdin.getBytes(StandardCharsets.UTF_8));
    }
    return process;
  }

  private static Optional<Path> setsid() {
    return List.of("/usr/bin/setsid", "/bin/setsid").stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
