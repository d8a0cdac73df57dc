package io.ppio.check.tidy;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a pure step decides is done: its effects are run by a switch without a `default` and
/// without an empty case, so that a new effect does not compile until somebody runs it.
///
/// Found are, in main sources: a step of which nothing or only `.next()` is asked, at once or
/// through a variable; `effects().contains(...)` and `instanceof` on one effect, which drop the
/// others; a switch over effects that has a `default` or an empty case, or that leaves constants
/// out; and a family (see [StepFamilies]) that no switch consumes.
///
/// Sources are not resolved, so a step is known by the name of the method that returns it or the
/// written type of its variable. A step that is handed to another method is that method's to run.
final class StepEffects {
  private final StepFamilies families;
  private final Set<String> consumed = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private StepEffects(StepFamilies families) {
    this.families = families;
  }

  static List<Finding> check(List<JavaSource> all) {
    List<JavaSource> sources = all.stream().filter(source -> !source.isTest()).toList();
    var rule = new StepEffects(StepFamilies.of(sources));
    sources.forEach(source -> rule.new Scanner(source).scan(source.unit, null));
    rule.families
        .effects()
        .forEach((family, place) -> {
          if (!rule.consumed.contains(family)) {
            rule.findings.add(
                new Finding(place.path(), place.line(), family + ": no switch runs its effects"));
          }
        });
    return rule.findings;
  }

  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private String method = "";

    Scanner(JavaSource source) {
      this.source = source;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      String outside = method;
      method = tree.getName().toString();
      var variables = new Variables(source);
      variables.scan(tree, null);
      variables
          .dropped()
          .forEach((name, place) -> found(place, "the effects of '" + name + "' are dropped"));
      super.visitMethod(tree, null);
      method = outside;
      return null;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      if (tree.getMethodSelect() instanceof MemberSelectTree select
          && select.getExpression() instanceof MethodInvocationTree before) {
        String name = select.getIdentifier().toString();
        if (name.equals("next") && families.methods().contains(called(before))) {
          found(tree, "the effects of " + before + " are dropped");
        }
        if (name.equals("contains") && called(before).equals("effects")) {
          found(tree, "looks for one effect and drops the others");
        }
      }
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitExpressionStatement(
        ExpressionStatementTree tree, @Nullable Void unused) {
      if (tree.getExpression() instanceof MethodInvocationTree call
          && families.methods().contains(called(call))
          && !families.others().contains(called(call))) {
        found(tree, "the step of " + call + " is dropped");
      }
      return super.visitExpressionStatement(tree, null);
    }

    @Override
    public @Nullable Void visitInstanceOf(InstanceOfTree tree, @Nullable Void unused) {
      Tree type = tree.getPattern() == null ? tree.getType() : typeOf(tree.getPattern());
      if (type != null && isEffect(type.toString())) {
        found(tree, "looks for one effect and drops the others");
      }
      return super.visitInstanceOf(tree, null);
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
      cases(tree, tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
      cases(tree, tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    private void cases(Tree tree, List<? extends CaseTree> cases) {
      String family = "";
      Set<String> constants = new TreeSet<>();
      for (CaseTree each : cases) {
        for (CaseLabelTree label : each.getLabels()) {
          if (label instanceof ConstantCaseLabelTree constant) {
            String written = constant.getConstantExpression().toString();
            constants.add(written.substring(written.lastIndexOf('.') + 1));
          } else if (label instanceof PatternCaseLabelTree pattern) {
            Tree type = typeOf(pattern.getPattern());
            String named =
                type == null ? "" : StepFamilies.family(source, type.toString(), "Effect");
            family = families.effects().containsKey(named) ? named : family;
          }
        }
      }
      for (var each : families.constants().entrySet()) {
        if (!constants.isEmpty() && each.getValue().containsAll(constants)) {
          family = each.getKey();
          Set<String> missing = new TreeSet<>(each.getValue());
          missing.removeAll(constants);
          if (!missing.isEmpty()) {
            found(tree, "a switch over effects leaves out " + String.join(", ", missing));
          }
        }
      }
      if (!family.isEmpty()) {
        consumed.add(family);
        cases.forEach(this::bodies);
      }
    }

    private void bodies(CaseTree tree) {
      if (tree.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance)) {
        found(tree, "a switch over effects has a default");
      } else if (tree.getBody() instanceof BlockTree block && block.getStatements().isEmpty()) {
        found(tree, "a switch over effects does nothing for " + tree.getLabels());
      }
    }

    private boolean isEffect(String written) {
      return families.effects().containsKey(StepFamilies.family(source, written, "Effect"));
    }

    private void found(Tree tree, String message) {
      String place = source.typeName() + (method.isEmpty() ? "" : "." + method);
      findings.add(source.finding(tree, place + ": " + message.replaceAll("\\s+", " ")));
    }
  }

  private static @Nullable Tree typeOf(PatternTree pattern) {
    return switch (pattern) {
      case BindingPatternTree binding -> binding.getVariable().getType();
      case DeconstructionPatternTree parts -> parts.getDeconstructor();
      default -> null;
    };
  }

  private static String called(MethodInvocationTree call) {
    return switch (call.getMethodSelect()) {
      case MemberSelectTree select -> select.getIdentifier().toString();
      case IdentifierTree name -> name.getName().toString();
      default -> "";
    };
  }

  /// The variables of one method that hold steps, and what is asked of them.
  private final class Variables extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final Map<String, Tree> declared = new TreeMap<>();
    private final Set<String> advanced = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();

    Variables(JavaSource source) {
      this.source = source;
    }

    Map<String, Tree> dropped() {
      Map<String, Tree> only = new TreeMap<>(declared);
      only.keySet().retainAll(advanced);
      only.keySet().removeAll(used);
      return only;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      boolean inferred =
          tree.getType() == null
              && tree.getInitializer() instanceof MethodInvocationTree call
              && families.methods().contains(called(call));
      if (inferred || families.isStep(source, tree.getType())) {
        declared.put(tree.getName().toString(), tree);
      }
      return super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
      ExpressionTree to = tree.getVariable();
      return to instanceof IdentifierTree
          ? scan(tree.getExpression(), null)
          : super.visitAssignment(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
      if (tree.getExpression() instanceof IdentifierTree variable
          && tree.getIdentifier().contentEquals("next")) {
        advanced.add(variable.getName().toString());
        return null;
      }
      return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      used.add(tree.getName().toString());
      return null;
    }
  }
}
