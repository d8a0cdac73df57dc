package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `docs/reference/counters.md` has a section for each enum that implements `Counter`, with one row
/// for each constant, in the same order and with the same words.
///
/// The enums are read as text, because this module depends on no other. A constant is `NAME("unit",
/// "meaning")`. The page from its first section on is [#sections].
final class CounterPage implements TreeRule {
  static final String PAGE = "docs/reference/counters.md";

  private static final Pattern TYPE =
      Pattern.compile("enum ([A-Z][a-z]+)Counter implements Counter \\{");
  private static final Pattern CONSTANT =
      Pattern.compile(
          "\\G\\s*([A-Z][A-Z0-9_]*)\\(\\s*\"([^\"\\\\]*)\",\\s*\"([^\"\\\\]*)\"\\)[,;]");

  @Override
  public List<Finding> check(SourceTree tree) {
    List<String> wanted = sections(tree);
    List<String> there = tree.text(PAGE).lines().toList();
    int first = 0;
    while (first < there.size() && !there.get(first).startsWith("## ")) {
      first++;
    }
    for (int i = 0; i < wanted.size(); i++) {
      String line = first + i < there.size() ? there.get(first + i) : "";
      if (!line.equals(wanted.get(i))) {
        return List.of(new Finding(PAGE, first + i + 1, "should be: " + wanted.get(i)));
      }
    }
    return there.size() > first + wanted.size()
        ? List.of(new Finding(PAGE, first + wanted.size() + 1, "no such counter"))
        : List.of();
  }

  /// What the page says, by the enums in the order of their names.
  static List<String> sections(SourceTree tree) {
    Map<String, String> sources = tree.ending("Counter.java");
    List<String> lines = new ArrayList<>();
    sources.values().stream()
        .map(TYPE::matcher)
        .filter(Matcher::find)
        .sorted((a, b) -> a.group(1).compareTo(b.group(1)))
        .forEach(type -> section(type, lines));
    return lines;
  }

  private static void section(Matcher type, List<String> lines) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("## " + type.group(1));
    lines.add("");
    lines.add("| Figure | Unit | Meaning |");
    lines.add("|---|---|---|");
    int at = type.end();
    type.usePattern(CONSTANT);
    while (type.find(at)) {
      lines.add(
          "| `%s` | %s | %s |"
              .formatted(
                  type.group(1).toLowerCase(Locale.ROOT).replace('_', '-'),
                  type.group(2),
                  type.group(3)));
      at = type.end();
    }
  }
}
