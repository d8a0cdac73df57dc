package io.ppio.check.tidy;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Time, tasks, randomness, files and sockets reach the code through `Env` only, so that the
/// simulator sees all of it.
///
/// Free of this are `env` (it is the seam), and at the edges what an edge is for: programs read
/// files, speak HTTP and exit; benchmarks measure the JDK itself. Tests may use the disk, sockets
/// and a seeded generator; only tests of `env` and of real processes (`...SystemTest`) may read the
/// clock, and none may sleep.
final class BannedCalls implements SourceRule {
  private static final Set<String> EVERYWHERE = Set.of("java.lang.Thread.sleep");

  /// Programs that start and watch processes: they run beside every node, never inside a simulated
  /// one. What the JVM runs at their end can only be a thread.
  private static final Set<String> PROGRAMS = Set.of("io.ppio.api.cli", "io.ppio.api.devnet");

  private static final String TESTS_OF_THE_SIMULATOR =
      "env/simulated/src/test/java/io/ppio/env/simulated/";

  @Override
  public List<Finding> check(JavaSource source) {
    var scanner = new Scanner(source, forbidden(source));
    scanner.scan(source.unit, null);
    return scanner.findings;
  }

  private static Set<Ban.Kind> forbidden(JavaSource source) {
    Set<Ban.Kind> kinds = EnumSet.allOf(Ban.Kind.class);
    if (source.isTest()) {
      kinds.removeAll(EnumSet.of(Ban.Kind.FILES, Ban.Kind.SOCKETS, Ban.Kind.PROCESS));
      if (source.typeName().endsWith("SystemTest")) {
        kinds.removeAll(EnumSet.of(Ban.Kind.TIME, Ban.Kind.TASKS));
      }
    }
    switch (source.module()) {
      case "env/api", "env/simulated", "env/real" -> kinds.clear();
      case "interface" -> {
        kinds.removeAll(EnumSet.of(Ban.Kind.FILES, Ban.Kind.SOCKETS, Ban.Kind.PROCESS));
        if (PROGRAMS.contains(source.packageName())) {
          kinds.removeAll(EnumSet.of(Ban.Kind.TIME, Ban.Kind.TASKS));
        }
      }
      case "check/sim" -> kinds.removeAll(EnumSet.of(Ban.Kind.FILES, Ban.Kind.PROCESS));
      case "check/bench" -> kinds.retainAll(EnumSet.of(Ban.Kind.RANDOMNESS));
      default -> {}
    }
    return kinds;
  }

  private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final Set<Ban.Kind> forbidden;
    private final List<Finding> findings = new ArrayList<>();

    Scanner(JavaSource source, Set<Ban.Kind> forbidden) {
      this.source = source;
      this.forbidden = forbidden;
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
      String name = tree.getQualifiedIdentifier().toString();
      if (name.endsWith(".*")) {
        findings.add(source.finding(tree, "wildcard import: name what is used"));
      } else if (!seededRandom(name)) {
        report(tree, name);
      }
      return null;
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
      return reportUse(tree, tree.toString()) ? null : super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
      String written = tree.getQualifierExpression() + "." + tree.getName();
      return reportUse(tree, written) ? null : super.visitMemberReference(tree, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      reportUse(tree, tree.getName().toString());
      return null;
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
      String type = source.qualified(tree.getIdentifier().toString());
      report(tree, "new " + type);
      if (seededRandom(type) && tree.getArguments().isEmpty()) {
        findings.add(source.finding(tree, "a test without a seed cannot be repeated"));
      }
      return super.visitNewClass(tree, null);
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
      lock(tree, "synchronized");
      return super.visitSynchronized(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      if (tree.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
        lock(tree, "synchronized");
      }
      return super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      String call = tree.getMethodSelect().toString();
      switch (call.substring(call.lastIndexOf('.') + 1)) {
        case "notify", "notifyAll" -> {
          if (tree.getArguments().isEmpty()) {
            lock(tree, "notify");
          }
        }
        case "parallelStream", "parallel" -> {
          if (forbidden.contains(Ban.Kind.TASKS) && tree.getArguments().isEmpty()) {
            findings.add(
                source.finding(
                    tree, "the common pool escapes the environment: use env.tasks(name)"));
          }
        }
        default -> {}
      }
      return super.visitMethodInvocation(tree, null);
    }

    private void lock(Tree tree, String what) {
      if (forbidden.contains(Ban.Kind.TASKS)) {
        findings.add(
            source.finding(
                tree,
                what + " escapes the scheduler when contended: one owner per state, or Monitor"));
      }
    }

    private boolean seededRandom(String name) {
      return source.isTest() && name.equals("java.util.Random");
    }

    /// Reports a name where it is used, unless the import that brings it in has been reported
    /// already.
    private boolean reportUse(Tree tree, String written) {
      String imported = source.imported(written);
      boolean known = Ban.ALL.stream().anyMatch(ban -> ban.covers(imported));
      return !known && written.matches("[\\w.]+") && report(tree, source.qualified(written));
    }

    private boolean report(Tree tree, String qualified) {
      boolean neverSleeps = source.isTest() && !source.path.startsWith(TESTS_OF_THE_SIMULATOR);
      for (Ban ban : Ban.ALL) {
        boolean applies =
            forbidden.contains(ban.kind()) || (neverSleeps && EVERYWHERE.contains(ban.name()));
        if (applies && ban.covers(qualified)) {
          findings.add(source.finding(tree, ban.complaint()));
          return true;
        }
      }
      return false;
    }
  }
}
