package io.ppio.check.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A class says in its last words what it is or does: they are a role word or a noun of
/// `docs/glossary.md`, in one or more words, one or many. Both stand in the first column of its
/// tables. Nested types are named by what surrounds them, and invariants by the sentence they
/// check.
final class ClassNames {
  static final String PAGE = "docs/glossary.md";
  private static final String WORDS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";
  private static final int LETTERS_MIN = 2; // shorter nouns are symbols

  private ClassNames() {}

  static List<Finding> check(SourceTree tree, List<JavaSource> sources) {
    Set<String> known = words(tree.text(PAGE));
    Map<String, Set<String>> above = supertypes(sources);
    List<Finding> findings = new ArrayList<>();
    for (JavaSource source : sources) {
      if (source.isTest()) {
        continue;
      }
      for (Tree each : source.unit.getTypeDecls()) {
        if (each instanceof ClassTree type) {
          String name = type.getSimpleName().toString();
          if (!isKnown(name, known) && !isSentence(name, above)) {
            findings.add(
                source.finding(type, name + ": ends in no role word and no noun of " + PAGE));
          }
        }
      }
    }
    return findings;
  }

  /// Simple names of types to the simple names of what they extend and implement.
  private static Map<String, Set<String>> supertypes(List<JavaSource> sources) {
    Map<String, Set<String>> above = new TreeMap<>();
    for (JavaSource source : sources) {
      for (Tree each : source.unit.getTypeDecls()) {
        if (each instanceof ClassTree type) {
          Set<String> names =
              above.computeIfAbsent(type.getSimpleName().toString(), _ -> new TreeSet<>());
          type.getImplementsClause().forEach(name -> names.add(name.toString()));
          if (type.getExtendsClause() != null) {
            names.add(type.getExtendsClause().toString());
          }
        }
      }
    }
    return above;
  }

  private static boolean isSentence(String name, Map<String, Set<String>> above) {
    return above.getOrDefault(name, Set.of()).stream()
        .anyMatch(each ->
            each.equals("Invariant") || each.endsWith("Exception") || isSentence(each, above));
  }

  private static boolean isKnown(String name, Set<String> known) {
    String[] words = name.split(WORDS);
    String end = "";
    for (int i = words.length - 1; i >= 0; i--) {
      end = words[i].toLowerCase(Locale.ROOT) + end;
      if (known.contains(end)
          || known.contains(end.replaceFirst("s$", ""))
          || known.contains(end.replaceFirst("es$", ""))
          || known.contains(end.replaceFirst("ies$", "y"))) {
        return true;
      }
    }
    return false;
  }

  /// The words of the first columns, each without spaces: `peer id` is `peerid`, and `state of a
  /// contract` is `contractstate` as well.
  static Set<String> words(String page) {
    Set<String> words = new TreeSet<>();
    for (String line : page.lines().toList()) {
      if (!line.startsWith("| ") || line.startsWith("| Noun |") || line.startsWith("| Word |")) {
        continue;
      }
      String cell = line.split("\\|", -1)[1].replace("`", "").toLowerCase(Locale.ROOT);
      for (String word : cell.split(",")) {
        String noun = word.strip().replaceFirst("^(\\w+) of an? (.+)$", "$2 $1");
        String joined = noun.replaceAll("[^a-z0-9]", "");
        if (joined.length() >= LETTERS_MIN) {
          words.add(joined);
        }
      }
    }
    return words;
  }
}
