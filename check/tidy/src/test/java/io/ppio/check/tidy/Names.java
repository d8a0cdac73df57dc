package io.ppio.check.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names that say nothing: suffixes of types, metaphors among them that hide a plain noun, and
/// packages named by kind and not by what they are about.
final class Names implements SourceRule {
  private static final List<String> SUFFIXES =
      List.of(
          "Manager",
          "Util",
          "Utils",
          "Helper",
          "Helpers",
          "Impl",
          "Base",
          "Common",
          "Processor",
          "Info",
          "Data",
          "Context",
          "Desk",
          "Line",
          "Stock",
          "Room",
          "Book",
          "Tally",
          "Workshop",
          "Intake",
          "Tools",
          "Holdings");
  private static final List<String> PACKAGES =
      List.of(
          "model",
          "models",
          "service",
          "services",
          "util",
          "utils",
          "common",
          "impl",
          "helper",
          "helpers",
          "dto",
          "misc");

  @Override
  public List<Finding> check(JavaSource source) {
    List<Finding> findings = new ArrayList<>();
    for (String part : source.packageName().split("\\.")) {
      if (PACKAGES.contains(part)) {
        findings.add(
            new Finding(source.path, 1, "package '" + part + "' names a kind, not a subject"));
      }
    }
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        String name = tree.getSimpleName().toString();
        SUFFIXES.stream()
            .filter(name::endsWith)
            .findFirst()
            .ifPresent(suffix ->
                findings.add(
                    source.finding(
                        tree, name + " ends in '" + suffix + "': name what it is or does")));
        return super.visitClass(tree, null);
      }
    }.scan(source.unit, null);
    return findings;
  }
}
