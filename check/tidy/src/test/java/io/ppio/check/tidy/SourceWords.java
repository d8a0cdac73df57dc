package io.ppio.check.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What class files do not tell: the names that a source writes, and which methods it marks
/// `@Override`.
final class SourceWords {
  private final Map<String, Set<String>> used = new TreeMap<>();
  private final Map<String, Set<String>> overriding = new TreeMap<>();

  SourceWords(Collection<JavaSource> sources) {
    for (JavaSource source : sources) {
      Set<String> names = used.computeIfAbsent(source.path, _ -> new HashSet<>());
      Set<String> methods = overriding.computeIfAbsent(source.path, _ -> new HashSet<>());
      new Scanner(names, methods).scan(source.unit, null);
    }
  }

  /// Whether a source names something so, other than to declare it.
  boolean uses(String path, String name) {
    return used.getOrDefault(path, Set.of()).contains(name);
  }

  /// Whether a source has a method of that name with `@Override`.
  boolean overrides(String path, String method) {
    return overriding.getOrDefault(path, Set.of()).contains(method);
  }

  private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Set<String> names;
    private final Set<String> methods;

    Scanner(Set<String> names, Set<String> methods) {
      this.names = names;
      this.methods = methods;
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      names.add(tree.getName().toString());
      return null;
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
      names.add(tree.getIdentifier().toString());
      return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      for (AnnotationTree each : tree.getModifiers().getAnnotations()) {
        if (each.getAnnotationType().toString().equals("Override")) {
          methods.add(tree.getName().toString());
        }
      }
      return super.visitMethod(tree, null);
    }
  }
}
