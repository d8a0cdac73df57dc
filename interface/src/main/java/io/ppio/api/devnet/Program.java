package io.ppio.api.devnet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How this program starts itself again as another process.
///
/// Through the launcher script where there is one, because it knows the options of each role; from
/// the build's own class path otherwise, as tests do.
public final class Program {
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-Xmx512m");

  private Program() {}

  /// The command that runs `name` (`ppio` or `poss`) with `args`.
  public static List<String> command(String name, List<String> args) {
    List<String> command = new ArrayList<>();
    launcher(name)
        .map(Path::toString)
        .ifPresentOrElse(command::add, () -> command.addAll(java(name)));
    command.addAll(args);
    return List.copyOf(command);
  }

  private static Optional<Path> launcher(String name) {
    return Optional.ofNullable(System.getProperty("ppio.launcher"))
        .map(own -> Path.of(own).resolveSibling(name))
        .filter(Files::isExecutable);
  }

  private static List<String> java(String name) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    for (String property : List.of("ppio.natives", "java.library.path")) {
      Optional.ofNullable(System.getProperty(property))
          .ifPresent(value -> command.add("-D" + property + "=" + value));
    }
    command.add("-Dppio.program=" + name);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(name.equals("poss") ? "io.ppio.api.cli.PossMain" : "io.ppio.api.cli.PpioMain");
    return command;
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
