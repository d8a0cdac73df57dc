package io.ppio.check.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One parsed file. The path is relative to the root of the tree, with `/`:
/// `data/src/main/java/io/ppio/data/hash/Hash.java`.
final class JavaSource {
  final String path;
  final String text;
  final List<String> lines;
  final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final Map<String, String> imports = new TreeMap<>();

  private JavaSource(
      String path, String text, CompilationUnitTree unit, SourcePositions positions) {
    this.path = path;
    this.text = text;
    this.lines = text.lines().toList();
    this.unit = unit;
    this.positions = positions;
    for (ImportTree each : unit.getImports()) {
      String name = each.getQualifiedIdentifier().toString();
      imports.put(name.substring(name.lastIndexOf('.') + 1), name);
    }
  }

  /// Parses the files (path to text) in one run of the compiler; a file that does not parse is an
  /// [AssertionError].
  static List<JavaSource> parse(Map<String, String> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    List<Text> inputs = new ArrayList<>();
    files.forEach((path, text) -> inputs.add(new Text(path, text)));
    var task =
        (JavacTask) compiler.getTask(null, null, problems, List.of("-proc:none"), null, inputs);
    List<JavaSource> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        String path = unit.getSourceFile().toUri().getPath().substring(1);
        String text = unit.getSourceFile().getCharContent(true).toString();
        sources.add(new JavaSource(path, text, unit, Trees.instance(task).getSourcePositions()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!problems.getDiagnostics().isEmpty()) {
      throw new AssertionError("cannot parse: " + problems.getDiagnostics());
    }
    return sources;
  }

  static JavaSource parse(String path, String text) {
    return parse(Map.of(path, text)).getFirst();
  }

  /// Folder of the module: `data`, `env/real`.
  String module() {
    int end = path.indexOf("/src/");
    return path.substring(0, end < 0 ? path.lastIndexOf('/') : end);
  }

  boolean isTest() {
    return path.contains("/src/test/");
  }

  /// File name without its ending, which is the name of the top-level type.
  String typeName() {
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
  }

  String packageName() {
    return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
  }

  /// What the first part of a dotted name was imported as, empty where it was not.
  String imported(String written) {
    int dot = written.indexOf('.');
    return imports.getOrDefault(dot < 0 ? written : written.substring(0, dot), "");
  }

  /// The qualified form of a dotted name as written: through the imports, then as a class of
  /// `java.lang`.
  String qualified(String written) {
    int dot = written.indexOf('.');
    String head = dot < 0 ? written : written.substring(0, dot);
    String rest = dot < 0 ? "" : written.substring(dot);
    if (imports.containsKey(head)) {
      return imports.get(head) + rest;
    }
    return Character.isUpperCase(head.charAt(0)) ? "java.lang." + written : written;
  }

  long startLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
  }

  long endLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
  }

  Finding finding(Tree tree, String message) {
    return new Finding(path, startLine(tree), message);
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String path, String text) {
      super(URI.create("tree:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
