package io.ppio.check.tidy;

import io.ppio.check.tidy.MethodGroups.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Nothing in the main sources is there for tests alone, or for nobody: types, methods, and
/// constructors of classes that have several. Fields are left to the compiler's own warnings.
///
/// The simulated environment is what tests run on: there, what a test names is used.
///
/// Read from class files, so that a call through an inherited name, a method reference or a `var`
/// counts; [Reachability] says what does. An unreached type is one finding, and its members none.
final class UnusedMembers {
  private static final String FOR_TESTS = "env/simulated/";
  private static final String BY_TESTS = ": only tests name it";
  private static final String BY_NOBODY = ": no program reaches it, and no test names it";

  private UnusedMembers() {}

  static List<Finding> check(CompiledTree tree) {
    var words = new SourceWords(tree.sources().values());
    var groups =
        new MethodGroups(
            tree.main(),
            (type, method) ->
                tree.sourceOf(type).filter(path -> words.overrides(path, method)).isPresent());
    var tests = new Named(tree.tests(), groups);
    List<Member> fixtures =
        tests.methods.stream().filter(member -> isForTests(tree, member.type())).toList();
    var reached = new Reachability(tree, groups, words, fixtures);
    List<Finding> findings = new ArrayList<>();
    for (ClassFacts type : tree.main().values()) {
      if (!type.isMember()) {
        continue;
      }
      if (reached.reaches(type)) {
        findings.addAll(members(tree, type, reached, tests));
      } else if (!isInsideUnreached(tree.main(), type, reached)) {
        String by = tests.types.contains(type.name()) ? BY_TESTS : BY_NOBODY;
        findings.add(finding(tree, type, 1, type.shown() + by));
      }
    }
    return findings;
  }

  private static List<Finding> members(
      CompiledTree tree, ClassFacts type, Reachability reached, Named tests) {
    long constructors = type.methods().stream().filter(MethodFacts::isConstructor).count();
    List<Finding> findings = new ArrayList<>();
    for (MethodFacts method : type.methods()) {
      Member member = new Member(type, method);
      boolean exempt =
          method.isSynthetic()
              || (method.isConstructor() && constructors == 1)
              || reached.isImplicit(member);
      if (!exempt && !reached.reaches(member)) {
        String by = tests.methods.contains(member) ? BY_TESTS : BY_NOBODY;
        findings.add(finding(tree, type, method.line(), method.shown(type.shown()) + by));
      }
    }
    return findings;
  }

  private static boolean isForTests(CompiledTree tree, ClassFacts type) {
    return tree.sourceOf(type).filter(path -> path.startsWith(FOR_TESTS)).isPresent();
  }

  private static boolean isInsideUnreached(
      Map<String, ClassFacts> types, ClassFacts type, Reachability reached) {
    return type.outer().map(types::get).filter(outer -> !reached.reaches(outer)).isPresent();
  }

  private static Finding finding(CompiledTree tree, ClassFacts type, int line, String message) {
    return new Finding(tree.sourceOf(type).orElse(type.name()), line, message);
  }

  /// What some classes name, reached or not.
  private static final class Named {
    private final Set<String> types = new HashSet<>();
    private final Set<Member> methods = new HashSet<>();

    Named(List<ClassFacts> classes, MethodGroups groups) {
      for (ClassFacts type : classes) {
        types.addAll(type.named());
        types.addAll(type.supers());
        for (MethodFacts method : type.methods()) {
          types.addAll(method.types());
          method.calls().forEach(call -> methods.addAll(groups.targets(call)));
        }
      }
    }
  }
}
