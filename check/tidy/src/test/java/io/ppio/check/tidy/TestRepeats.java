package io.ppio.check.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the tests of two modules need is published once, in a package `fixtures`: they share no
/// type of the same name and no run of [#LINES] lines. Imports, comments and lines without a letter
/// do not count, and indentation does not matter.
final class TestRepeats {
  static final int LINES = 6;

  private TestRepeats() {}

  static List<Finding> check(List<JavaSource> all) {
    List<JavaSource> sources =
        all.stream()
            .filter(source -> source.isTest() && !source.typeName().equals("package-info"))
            .filter(source -> !List.of(source.packageName().split("\\.")).contains("fixtures"))
            .toList();
    List<Finding> findings = new ArrayList<>(types(sources));
    findings.addAll(lines(sources));
    return findings;
  }

  private static String module(JavaSource source) {
    return source.path.substring(0, source.path.indexOf("/src/"));
  }

  private static List<Finding> types(List<JavaSource> sources) {
    Map<String, JavaSource> first = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    for (JavaSource source : sources) {
      for (var type : declared(source).entrySet()) {
        JavaSource other = first.putIfAbsent(type.getKey(), source);
        if (other != null && !module(other).equals(module(source))) {
          String name = type.getKey().replaceFirst(" .*", "");
          findings.add(
              new Finding(
                  source.path,
                  type.getValue(),
                  name + ": is in " + other.path + " as well, publish it in a package 'fixtures'"));
        }
      }
    }
    return findings;
  }

  /// The types of a source and their lines: a top-level one by its name, a nested one by name, kind
  /// and members, since a name alone says little inside another type.
  private static Map<String, Long> declared(JavaSource source) {
    Map<String, Long> types = new TreeMap<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      private boolean inside;

      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        String name = tree.getSimpleName().toString();
        if (!name.isEmpty()) {
          String key = inside ? name + " " + tree.getKind() + members(tree) : name;
          types.putIfAbsent(key, source.startLine(tree));
        }
        boolean outside = inside;
        inside = true;
        super.visitClass(tree, null);
        inside = outside;
        return null;
      }
    }.scan(source.unit, null);
    return types;
  }

  private static Set<String> members(ClassTree tree) {
    Set<String> names = new TreeSet<>();
    for (Tree member : tree.getMembers()) {
      if (member instanceof MethodTree method) {
        names.add(method.getName() + "/" + method.getParameters().size());
      } else if (member instanceof VariableTree field) {
        names.add(field.getType() + " " + field.getName());
      }
    }
    return names;
  }

  private record Place(JavaSource source, long line) {}

  private static List<Finding> lines(List<JavaSource> sources) {
    Map<List<String>, Place> first = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (JavaSource source : sources) {
      Set<String> told = new TreeSet<>();
      Deque<String> window = new ArrayDeque<>();
      Deque<Long> numbers = new ArrayDeque<>();
      long number = 0;
      for (String line : source.lines) {
        number++;
        String text = line.strip();
        if (!counts(text)) {
          continue;
        }
        window.add(text);
        numbers.add(number);
        if (window.size() > LINES) {
          window.remove();
          numbers.remove();
        }
        if (window.size() == LINES) {
          long start = numbers.element();
          Place other = first.putIfAbsent(List.copyOf(window), new Place(source, start));
          if (other != null
              && !module(other.source).equals(module(source))
              && told.add(other.source.path)) {
            findings.add(
                new Finding(
                    source.path,
                    start,
                    "%s repeats lines: those of %s from line %d on, publish them in a package 'fixtures'"
                        .formatted(source.typeName(), other.source.path, other.line)));
          }
        }
      }
    }
    return findings;
  }

  private static boolean counts(String line) {
    return !line.startsWith("import ")
        && !line.startsWith("package ")
        && !line.startsWith("//")
        && line.chars().anyMatch(Character::isLetter);
  }
}
