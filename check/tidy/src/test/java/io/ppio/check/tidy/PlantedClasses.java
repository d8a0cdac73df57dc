package io.ppio.check.tidy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles sources that tests make up, in memory, all in one run.
final class PlantedClasses {
  private final Map<String, String> texts = new TreeMap<>();

  /// Adds a main source of the made-up module `data`; its name is its first top-level type's.
  PlantedClasses main(String name, String text) {
    return source("data/src/main/java/io/ppio/data/" + name + ".java", "io.ppio.data", text);
  }

  /// Adds a test's source.
  PlantedClasses test(String name, String text) {
    return source("data/src/test/java/io/ppio/data/" + name + ".java", "io.ppio.data", text);
  }

  /// Adds a source as an annotation processor or a library would have it.
  PlantedClasses foreign(String packageName, String name, String text) {
    return source("lib/" + packageName.replace('.', '/') + "/" + name + ".java", packageName, text);
  }

  private PlantedClasses source(String path, String packageName, String text) {
    texts.put(path, "package " + packageName + ";\n" + text);
    return this;
  }

  CompiledTree compile() {
    return compile(Set.of());
  }

  /// @param services names of classes that a service file lists
  CompiledTree compile(Set<String> services) {
    Map<String, JavaSource> mainSources = new TreeMap<>();
    JavaSource.parse(texts).stream()
        .filter(source -> source.path.contains("/src/main/"))
        .forEach(source -> mainSources.put(source.path, source));
    var tree =
        new CompiledTree(
            new TreeMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeSet<>(services),
            mainSources);
    for (byte[] bytes : bytes()) {
      ClassFacts type = ClassFacts.read(bytes);
      if (tree.sourceOf(type).isPresent()) {
        tree.main().put(type.name(), type);
      } else if (type.name().startsWith("io/ppio/data/generated/")) {
        tree.generated().add(type);
      } else if (type.name().startsWith("io/ppio/data/")) {
        tree.tests().add(type);
      }
    }
    return tree;
  }

  List<byte[]> bytes() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    List<Source> inputs = new ArrayList<>();
    texts.forEach((path, text) -> inputs.add(new Source(path, text)));
    var output = new Output(compiler.getStandardFileManager(problems, null, null));
    var task = compiler.getTask(null, output, problems, List.of("-proc:none"), null, inputs);
    if (!task.call()) {
      throw new AssertionError("cannot compile: " + problems.getDiagnostics());
    }
    return output.written.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("tree:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final List<ByteArrayOutputStream> written = new ArrayList<>();

    Output(JavaFileManager manager) {
      super(manager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      var bytes = new ByteArrayOutputStream();
      written.add(bytes);
      return new SimpleJavaFileObject(
          URI.create("tree:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
