package io.ppio.check.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// What a test may not do: be switched off, mock, assert nothing, carry a name that the build does
/// not run or that states no fact.
final class TestHabits implements SourceRule {
  private static final Set<String> TEST_ANNOTATIONS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

  @Override
  public List<Finding> check(JavaSource source) {
    if (!source.isTest()) {
      return List.of();
    }
    var scanner = new Scanner(source);
    scanner.scan(source.unit, null);
    boolean runs = source.typeName().endsWith("Test") || scanner.isAbstract;
    if (scanner.tests > 0 && !runs) {
      scanner.findings.add(
          new Finding(source.path, 1, "holds tests that no build runs: its name must end in Test"));
    }
    return scanner.findings;
  }

  private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final List<Finding> findings = new ArrayList<>();
    private int tests;
    private boolean isAbstract;

    Scanner(JavaSource source) {
      this.source = source;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      if (tree.getSimpleName().contentEquals(source.typeName())) {
        isAbstract =
            tree.getKind() == Tree.Kind.INTERFACE
                || tree.getModifiers().getFlags().contains(Modifier.ABSTRACT);
      }
      return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
      String name = tree.getQualifiedIdentifier().toString();
      if (name.startsWith("org.mockito") || name.startsWith("org.easymock")) {
        findings.add(source.finding(tree, "no mocks: use the real object or a small real fake"));
      }
      return super.visitImport(tree, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void unused) {
      String name = tree.getAnnotationType().toString();
      String simple = name.substring(name.lastIndexOf('.') + 1);
      if (simple.equals("Disabled") || simple.equals("Ignore")) {
        findings.add(source.finding(tree, "no test is switched off: mend it or remove it"));
      }
      return super.visitAnnotation(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      String call = tree.toString();
      if (call.equals("assertTrue(true)") || call.equals("assertFalse(false)")) {
        findings.add(source.finding(tree, "an assertion that cannot fail"));
      }
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      boolean isTest =
          tree.getModifiers().getAnnotations().stream()
              .anyMatch(each -> TEST_ANNOTATIONS.contains(each.getAnnotationType().toString()));
      if (isTest) {
        tests++;
        String name = tree.getName().toString();
        if (name.matches("(test|should)([A-Z_0-9].*)?")) {
          findings.add(
              source.finding(tree, name + ": a name states the fact, without test or should"));
        }
      }
      return super.visitMethod(tree, null);
    }
  }
}
