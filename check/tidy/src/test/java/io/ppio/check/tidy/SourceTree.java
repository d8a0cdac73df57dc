package io.ppio.check.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The text files of the checkout, by path relative to its root.
///
/// @param texts path to content, in order
record SourceTree(Map<String, String> texts) {
  private static final Set<String> SKIPPED =
      Set.of(".git", ".ppio", "target", ".idea", ".vscode", "node_modules");
  private static final Set<String> BINARY =
      Set.of("png", "jpg", "gif", "ico", "bin", "jar", "class", "woff2", "jfr", "mp4");

  /// The folder that holds the root `pom.xml`; tests run in their module's folder, which is below
  /// it.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new AssertionError("not inside the checkout: " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  static SourceTree read(Path root) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            boolean isText = !BINARY.contains(name.substring(name.lastIndexOf('.') + 1));
            if (attributes.isRegularFile() && isText && !name.equals(".git")) {
              String path = root.relativize(file).toString().replace('\\', '/');
              texts.put(path, Files.readString(file, StandardCharsets.UTF_8));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new SourceTree(texts);
  }

  boolean has(String path) {
    return texts.containsKey(path);
  }

  /// The content of a file, empty where there is none.
  String text(String path) {
    return texts.getOrDefault(path, "");
  }

  List<JavaSource> javaSources() {
    return JavaSource.parse(ending(".java"));
  }

  Map<String, String> ending(String suffix) {
    return texts.entrySet().stream()
        .filter(each -> each.getKey().endsWith(suffix))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }
}
