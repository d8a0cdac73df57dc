package io.ppio.check.tidy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The class files of the checkout beside the sources they come from.
///
/// @param main classes of the main sources, by internal name
/// @param generated classes that an annotation processor wrote; a library calls them
/// @param tests classes of tests
/// @param services names of classes that `META-INF/services` lists
/// @param sources the main sources, by path
record CompiledTree(
    Map<String, ClassFacts> main,
    List<ClassFacts> generated,
    List<ClassFacts> tests,
    Set<String> services,
    Map<String, JavaSource> sources) {
  private static final String MAIN = "/src/main/java/";
  private static final String FIRST = ": run `./mvnw test-compile` first, over all modules";

  /// Reads what the build left in the `target` folders; where a class is missing there or older
  /// than its source, this is an [AssertionError].
  static CompiledTree read(Path root, SourceTree tree, List<JavaSource> sources)
      throws IOException {
    Map<String, JavaSource> mainSources = new TreeMap<>();
    Set<String> modules = new TreeSet<>();
    for (JavaSource source : sources) {
      modules.add(source.path.substring(0, source.path.indexOf("/src/")));
      if (source.path.contains(MAIN) && !source.typeName().equals("package-info")) {
        mainSources.put(source.path, source);
        isBuilt(root, source);
      }
    }
    var compiled =
        new CompiledTree(
            new TreeMap<>(), new ArrayList<>(), new ArrayList<>(), services(tree), mainSources);
    for (String module : modules) {
      Path target = root.resolve(module).resolve("target");
      for (byte[] bytes : classes(target.resolve("classes"))) {
        compiled.add(module, target.resolve("generated-sources"), bytes);
      }
      for (byte[] bytes : classes(target.resolve("test-classes"))) {
        compiled.tests.add(ClassFacts.read(bytes));
      }
    }
    return compiled;
  }

  /// The main source that a class of a module comes from, empty where there is none.
  Optional<String> sourceOf(ClassFacts type) {
    String file = MAIN + type.packageFolder() + "/" + type.source();
    return sources.keySet().stream().filter(path -> path.endsWith(file)).findFirst();
  }

  private void add(String module, Path generatedSources, byte[] bytes) throws IOException {
    ClassFacts type = ClassFacts.read(bytes);
    String file = type.packageFolder() + "/" + type.source();
    if (sources.containsKey(module + MAIN + file)) {
      main.put(type.name(), type);
    } else if (Files.exists(generatedSources.resolve("annotations").resolve(file))) {
      generated.add(type);
    }
  }

  private static void isBuilt(Path root, JavaSource source) throws IOException {
    int cut = source.path.indexOf(MAIN);
    String name = source.path.substring(cut + MAIN.length()).replaceAll("java$", "class");
    Path built = root.resolve(source.path.substring(0, cut)).resolve("target/classes/" + name);
    if (!Files.exists(built)) {
      throw new AssertionError("no class file of " + source.path + FIRST);
    }
    Path written = root.resolve(source.path);
    if (Files.getLastModifiedTime(built).compareTo(Files.getLastModifiedTime(written)) < 0) {
      throw new AssertionError("the class file of " + source.path + " is older than it" + FIRST);
    }
  }

  private static List<byte[]> classes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".class") && !file.endsWith("package-info.class")) {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    return all;
  }

  private static Set<String> services(SourceTree tree) {
    Set<String> names = new TreeSet<>();
    tree.texts()
        .forEach((path, text) -> {
          if (path.contains("/src/main/resources/META-INF/services/")) {
            text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip().replace('.', '/'))
                .filter(line -> !line.isEmpty())
                .forEach(names::add);
          }
        });
    return names;
  }
}
