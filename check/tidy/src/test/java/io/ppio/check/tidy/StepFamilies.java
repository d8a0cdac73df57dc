package io.ppio.check.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// The pure cores of the main sources, by the shape that all of them have: a sealed interface or an
/// enum named `Effect` or `...Effect`, and a record named `Step` or `...Step` with a list of them.
/// A family is named as others write it: `KeyLane.Effect`, `BeaconEffect`, `KeyLane.Step`.
///
/// @param effects each family of effects and where it is declared
/// @param constants those of a family that is an enum
/// @param steps names of the records
/// @param methods names of methods that return such a record
/// @param others names of methods that return something else
record StepFamilies(
    Map<String, Finding> effects,
    Map<String, Set<String>> constants,
    Set<String> steps,
    Set<String> methods,
    Set<String> others) {
  private static final Pattern LIST = Pattern.compile("List<([\\w.]*Effect)>");

  static StepFamilies of(List<JavaSource> sources) {
    var families =
        new StepFamilies(
            new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    Map<String, Finding> declared = new TreeMap<>();
    Set<String> held = new TreeSet<>();
    sources.forEach(source -> families.types(source, declared, held));
    declared.keySet().retainAll(held);
    families.effects.putAll(declared);
    families.constants.keySet().retainAll(held);
    sources.forEach(families::returning);
    return families;
  }

  /// The family that a dotted name as written in a source belongs to, such as `KeyLane.Effect` for
  /// `Effect.RevealKey`; empty where none of its parts ends in `suffix`.
  static String family(JavaSource source, String written, String suffix) {
    String imported = source.imported(written);
    int dot = written.indexOf('.');
    String full = imported.isEmpty() ? written : imported + (dot < 0 ? "" : written.substring(dot));
    String[] parts = full.split("\\.");
    for (int i = parts.length - 1; i >= 0; i--) {
      if (parts[i].equals(suffix)) {
        return (i > 0 ? parts[i - 1] : source.typeName()) + "." + suffix;
      }
      if (parts[i].endsWith(suffix)) {
        return parts[i];
      }
    }
    return "";
  }

  boolean isStep(JavaSource source, @Nullable Tree type) {
    return type != null && steps.contains(family(source, type.toString(), "Step"));
  }

  private void types(JavaSource source, Map<String, Finding> declared, Set<String> held) {
    Deque<String> outer = new ArrayDeque<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        String name = tree.getSimpleName().toString();
        String own = outer.isEmpty() ? name : outer.peek() + "." + name;
        boolean isEnum = tree.getKind() == Tree.Kind.ENUM;
        boolean isSealed = tree.getModifiers().getFlags().contains(Modifier.SEALED);
        if (name.endsWith("Effect") && (isEnum || isSealed)) {
          String family = name.equals("Effect") ? own : name;
          declared.put(family, source.finding(tree, family));
          if (isEnum) {
            constants.put(family, enumConstants(tree));
          }
        }
        if (tree.getKind() == Tree.Kind.RECORD && name.endsWith("Step")) {
          step(tree, name.equals("Step") ? own : name);
        }
        outer.push(name);
        super.visitClass(tree, null);
        outer.pop();
        return null;
      }

      private void step(ClassTree tree, String own) {
        for (Tree member : tree.getMembers()) {
          if (member instanceof VariableTree component) {
            var list = LIST.matcher(component.getType().toString());
            if (list.matches()) {
              held.add(family(source, list.group(1), "Effect"));
              steps.add(own);
            }
          }
        }
      }
    }.scan(source.unit, null);
  }

  private static Set<String> enumConstants(ClassTree tree) {
    Set<String> names = new TreeSet<>();
    for (Tree member : tree.getMembers()) {
      if (member instanceof VariableTree constant
          && constant.getType().toString().equals(tree.getSimpleName().toString())) {
        names.add(constant.getName().toString());
      }
    }
    return names;
  }

  private void returning(JavaSource source) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
        boolean step = isStep(source, tree.getReturnType());
        (step ? methods : others).add(tree.getName().toString());
        return super.visitMethod(tree, null);
      }
    }.scan(source.unit, null);
  }
}
