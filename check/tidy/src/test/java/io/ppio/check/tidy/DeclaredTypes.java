package io.ppio.check.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The types that sources declare, nested ones too, with the names of their members.
final class DeclaredTypes {
  /// One type: `io.ppio.env.Store.Snapshot` with its methods, record components, fields and
  /// constants.
  private record Type(String qualified, Set<String> members) {
    boolean isCalled(String name) {
      return ("." + qualified).endsWith("." + name);
    }
  }

  private final List<Type> types = new ArrayList<>();

  DeclaredTypes(List<JavaSource> sources) {
    sources.forEach(this::add);
  }

  /// Whether there is a type that one may call so: `Snapshot`, `Store.Snapshot` or
  /// `env.Store.Snapshot`.
  boolean has(String name) {
    return types.stream().anyMatch(type -> type.isCalled(name));
  }

  /// Whether a type of that name declares such a member itself.
  boolean has(String name, String member) {
    return types.stream().anyMatch(type -> type.isCalled(name) && type.members.contains(member));
  }

  private void add(JavaSource source) {
    Deque<String> outer = new ArrayDeque<>(List.of(source.packageName()));
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        String name = outer.element() + "." + tree.getSimpleName();
        Set<String> members = new TreeSet<>();
        for (Tree member : tree.getMembers()) {
          if (member instanceof MethodTree method) {
            members.add(method.getName().toString());
          } else if (member instanceof VariableTree field) {
            members.add(field.getName().toString());
          }
        }
        types.add(new Type(name, members));
        outer.push(name);
        super.visitClass(tree, null);
        outer.pop();
        return null;
      }
    }.scan(source.unit, null);
  }
}
