package io.ppio.check.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A checkout with the real launchers and next to nothing else, on a machine that has only what
/// this class puts there: a folder of shell tools, and a JDK and a Maven that are shell scripts and
/// write down how they were called. Every path has a space in it.
final class FakeCheckout {
  private static final List<String> TOOLS =
      List.of(
          "awk",
          "cat",
          "chmod",
          "cksum",
          "cp",
          "date",
          "dirname",
          "find",
          "flock",
          "head",
          "mkdir",
          "mktemp",
          "mv",
          "nice",
          "ps",
          "readlink",
          "rm",
          "sed",
          "setpriv",
          "sh",
          "sleep",
          "touch");

  private final Path parent;
  final Path folder;
  final Path home;
  final Path bin;
  private final Path checkout;
  private final Path maven;
  private final Map<String, String> variables = new LinkedHashMap<>();

  /// What a finished program left behind.
  record Ended(int status, String out, String err) {}

  FakeCheckout(Path parent) throws IOException {
    this.parent = parent;
    folder = Files.createDirectories(parent.resolve("a machine"));
    home = Files.createDirectories(folder.resolve("home of user"));
    bin = Files.createDirectories(folder.resolve("bin"));
    checkout = Files.createDirectories(folder.resolve("check out"));
    maven = folder.resolve("maven calls");
    Path root = SourceTree.root();
    for (String name : List.of("ppio", "poss", "mvnw")) {
      Files.copy(root.resolve(name), checkout.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    copyFolder(root.resolve("launcher"), checkout.resolve("launcher"));
    write(checkout.resolve("pom.xml"), "<project/>");
    write(checkout.resolve("env/real/pom.xml"), "<project/>");
    write(checkout.resolve("env/real/src/main/java/A.java"), "class A {}");
    for (String tool : TOOLS) {
      Path found = Path.of("/usr/bin", tool);
      Path real = Files.exists(found) ? found : Path.of("/bin", tool);
      if (Files.exists(real)) {
        script(bin.resolve(tool), "exec " + real + " \"$@\"\n");
      }
    }
    variables.put("PATH", bin.toString());
    variables.put("HOME", home.toString());
    variables.put("PPIO_JAVA_DIRS", folder.resolve("jdks").toString());
  }

  Path path(String relative) {
    return checkout.resolve(relative);
  }

  void set(String variable, String value) {
    variables.put(variable, value);
  }

  void without(String tool) throws IOException {
    Files.delete(bin.resolve(tool));
  }

  /// Installs a JDK below the folder that the launchers search. Its `java` prints its arguments,
  /// one a line in brackets, and its process id; it can unpack libraries and write a start cache.
  Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve("jdks").resolve(name);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(
        jdk.resolve("bin/java"),
        """
        for last; do :; done
        for argument; do
          case $argument in
            io.ppio.env.real.NativeLibraries) mkdir "$last"; exit ;;
            -XX:AOTMode=record) exit 0 ;;
            -XX:AOTMode=create) create=yes ;;
            -XX:AOTCache=*) [ -z "${create-}" ] || { : >"${argument#*=}"; exit 0; } ;;
          esac
        done
        echo "java of %s is process $$"
        for argument; do echo "[$argument]"; done
        """
            .formatted(name));
    script(jdk.resolve("bin/javac"), "exit 1\n");
    return jdk;
  }

  /// Puts a Maven on PATH that notes each call, runs `before` and then builds a runtime of one jar.
  ///
  /// @param trained whether the runtime claims that its start cache cannot be made, so that no
  ///   start tries to in the background
  void maven(String before, boolean trained) throws IOException {
    String training =
        trained ? "mkdir \"$lib/../training\"; echo failed >\"$lib/../training/pid\"\n" : "";
    script(
        bin.resolve("mvn"),
        """
        echo "JAVA_HOME=$JAVA_HOME $*" >>"%s"
        for argument; do case $argument in -Dppio.runtime=*) lib=${argument#*=} ;; esac; done
        """
                .formatted(maven)
            + before
            + "\n[ -z \"${lib-}\" ] || : >\"$lib/a.jar\"\n"
            + training);
  }

  List<String> mavenCalls() throws IOException {
    return Files.exists(maven) ? Files.readAllLines(maven) : List.of();
  }

  Process start(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return start(command);
  }

  Process start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  static Ended end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new Ended(process.exitValue(), out, err);
  }

  Ended run(String program, String... arguments) throws Exception {
    return end(start(checkout.resolve(program), arguments));
  }

  /// Takes the right to write away from everybody below the checkout, and opens the rest to every
  /// user.
  void makeReadOnly() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        boolean open = !each.startsWith(checkout);
        Files.setPosixFilePermissions(
            each, PosixFilePermissions.fromString(open ? "rwxrwxrwx" : "r-xr-xr-x"));
      }
    }
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Gives the rights back, so that the folder can be removed.
  void makeWritable() throws IOException {
    try (Stream<Path> all = Files.walk(checkout)) {
      for (Path each : all.toList()) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
