package io.ppio.check.tidy;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The order of `Set.of` and `Map.of` differs from one JVM to the next. Looking things up in them
/// is fine; walking through them is not. Seen within one file: direct walks, and walks over
/// variables that such a call has filled. Tests are not looked at.
final class SaltedOrder implements SourceRule {
  private static final Set<String> MAKERS =
      Set.of("Set.of", "Set.copyOf", "Map.of", "Map.copyOf", "Map.ofEntries");
  private static final Set<String> WALKS =
      Set.of("stream", "forEach", "iterator", "entrySet", "keySet", "values", "toArray");

  @Override
  public List<Finding> check(JavaSource source) {
    if (source.isTest() || source.module().equals("check/bench")) {
      return List.of();
    }
    Set<String> salted = new TreeSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        if (tree.getInitializer() != null && isMaker(tree.getInitializer())) {
          salted.add(tree.getName().toString());
        }
        return super.visitVariable(tree, null);
      }
    }.scan(source.unit, null);
    List<Finding> findings = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
        walked(tree.getExpression()).ifPresent(name -> report(tree.getExpression(), name));
        return super.visitEnhancedForLoop(tree, null);
      }

      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree tree, @Nullable Void unused) {
        if (tree.getMethodSelect() instanceof MemberSelectTree select
            && WALKS.contains(select.getIdentifier().toString())) {
          walked(select.getExpression()).ifPresent(name -> report(tree, name));
        }
        return super.visitMethodInvocation(tree, null);
      }

      private Optional<String> walked(ExpressionTree tree) {
        boolean named =
            tree instanceof IdentifierTree name && salted.contains(name.getName().toString());
        return named || isMaker(tree) ? Optional.of(tree.toString()) : Optional.empty();
      }

      private void report(ExpressionTree tree, String name) {
        findings.add(
            source.finding(
                tree,
                name
                    + " has another order in every JVM: walk a List, LinkedHashSet, TreeSet or TreeMap"));
      }
    }.scan(source.unit, null);
    return findings;
  }

  private static boolean isMaker(ExpressionTree tree) {
    return tree instanceof MethodInvocationTree call
        && MAKERS.contains(call.getMethodSelect().toString());
  }
}
