package io.ppio.check.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long things may get: past these a value or a class is missing. The components of a record
/// are fields, not parameters, and are not counted.
final class Sizes implements SourceRule {
  static final int LINE_MAX = 120;
  static final int METHOD_MAX = 60;
  static final int FILE_MAX = 500;
  static final int LONG_FILE_MAX = 800;
  static final int PARAMETERS_MAX = 5;

  /// Files that may reach [#LONG_FILE_MAX] lines, each with its reason.
  private final Map<String, String> longFiles;

  Sizes(Map<String, String> longFiles) {
    this.longFiles = longFiles;
  }

  @Override
  public List<Finding> check(JavaSource source) {
    List<Finding> findings = new ArrayList<>();
    int fileMax = longFiles.containsKey(source.path) ? LONG_FILE_MAX : FILE_MAX;
    if (source.lines.size() > fileMax) {
      findings.add(
          new Finding(
              source.path,
              fileMax + 1L,
              source.lines.size() + " lines, at most " + fileMax + ": a class is missing"));
    }
    for (int i = 0; i < source.lines.size(); i++) {
      int length = source.lines.get(i).codePointCount(0, source.lines.get(i).length());
      if (length > LINE_MAX) {
        findings.add(new Finding(source.path, i + 1L, length + " characters, at most " + LINE_MAX));
      }
    }
    methods(source, findings);
    return findings;
  }

  private static void methods(JavaSource source, List<Finding> findings) {
    new TreeScanner<@Nullable Void, Boolean>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, Boolean unused) {
        return super.visitClass(tree, tree.getKind() == Tree.Kind.RECORD);
      }

      @Override
      public @Nullable Void visitMethod(MethodTree tree, Boolean inRecord) {
        long lines = source.endLine(tree) - source.startLine(tree) + 1;
        String name =
            tree.getName().contentEquals("<init>") ? "constructor" : tree.getName() + "()";
        if (lines > METHOD_MAX) {
          findings.add(
              source.finding(tree, name + " has " + lines + " lines, at most " + METHOD_MAX));
        }
        int parameters = tree.getParameters().size();
        boolean canonical = inRecord && tree.getName().contentEquals("<init>");
        boolean table = tree.getModifiers().toString().contains("@ParameterizedTest");
        if (parameters > PARAMETERS_MAX && !canonical && !table) {
          findings.add(
              source.finding(
                  tree,
                  "%s has %d parameters, at most %d: a value is missing"
                      .formatted(name, parameters, PARAMETERS_MAX)));
        }
        return super.visitMethod(tree, inRecord);
      }
    }.scan(source.unit, false);
  }
}
