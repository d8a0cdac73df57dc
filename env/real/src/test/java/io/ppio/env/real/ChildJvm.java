package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another process that runs [ChildMain].
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// @param options of the JVM; those that name unpacked natives if empty
  /// @param arguments of [ChildMain]
  static ChildJvm start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:-UsePerfData");
    command.addAll(options.isEmpty() ? List.of(ownNatives()) : options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ChildMain.class.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Natives of the build folder, so that killed children leave none elsewhere.
  private static String ownNatives() throws IOException {
    Path folder = Path.of("target", "natives").toAbsolutePath();
    NativeLibraries.unpack(folder);
    return "-D" + NativeLibraries.FOLDER_PROPERTY + "=" + folder;
  }

  long pid() {
    return process.pid();
  }

  String line() throws IOException {
    return String.valueOf(output.readLine());
  }

  void expect(String line) throws IOException {
    assertEquals(line, line());
  }

  /// Ends the process without giving it a chance to do anything about it.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
