package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The table of `docs/reference/config.md` that follows the heading `## poss.conf` has one row for
/// each constant of `Setting`, in the same order and with the same words.
///
/// The constants are read as text, because this module depends on no other. A constant is
///
/// `NAME("Path", default, "meaning")`
///
/// where the default is a literal, or `Kind.ARRAY` or `Kind.OBJECT`.
final class ConfigPage implements TreeRule {
  static final String PAGE = "docs/reference/config.md";
  static final String SOURCE = "interface/src/main/java/io/ppio/api/config/Setting.java";
  private static final String HEADING = "## poss.conf";

  private static final Pattern CONSTANT = Pattern.compile("(?m)^  ([A-Z][A-Z0-9_]*)\\(");
  private static final Pattern ARGUMENTS =
      Pattern.compile(
          "\\G\\s*\"([^\"]*)\",\\s*"
              + "(?:Kind\\.(ARRAY|OBJECT)|\"([^\"]*)\"|([0-9_]+)L?|(true|false)),\\s*"
              + "\"([^\"\\\\]*)\"\\)");

  @Override
  public List<Finding> check(SourceTree tree) {
    if (!tree.has(PAGE) || !tree.has(SOURCE)) {
      return List.of(new Finding(tree.has(PAGE) ? SOURCE : PAGE, 1, "does not exist"));
    }
    List<Finding> findings = new ArrayList<>();
    List<String> wanted = rows(tree.text(SOURCE), findings);
    List<String> lines = tree.text(PAGE).lines().toList();
    int line = lines.indexOf(HEADING) + 1;
    while (line > 0 && line < lines.size() && !lines.get(line).startsWith("|")) {
      line++;
    }
    line += 2; // head of the table and rule below it
    for (String row : wanted) {
      String there = line < lines.size() ? lines.get(line) : "";
      if (!there.equals(row)) {
        findings.add(new Finding(PAGE, line + 1, "should be: " + row));
        return findings;
      }
      line++;
    }
    if (line < lines.size() && lines.get(line).startsWith("|")) {
      findings.add(new Finding(PAGE, line + 1, "no such setting"));
    }
    return findings;
  }

  private static List<String> rows(String source, List<Finding> findings) {
    List<String> rows = new ArrayList<>();
    Matcher constants = CONSTANT.matcher(source);
    while (constants.find()) {
      Matcher arguments = ARGUMENTS.matcher(source);
      if (arguments.find(constants.end())) {
        rows.add(row(variable(source, constants.group(1)), arguments));
      } else {
        findings.add(
            Finding.at(
                SOURCE,
                source,
                constants.start(),
                "needs the form NAME(\"Path\", default, \"...\")"));
      }
    }
    return rows;
  }

  /// The variable is named after the option: the constant's own name unless a case of the enum
  /// gives another one.
  private static String variable(String source, String constant) {
    Matcher option = Pattern.compile("case " + constant + " -> \"([a-z-]+)\";").matcher(source);
    return option.find() ? option.group(1).toUpperCase(Locale.ROOT).replace('-', '_') : constant;
  }

  private static String row(String variable, Matcher arguments) {
    String kind;
    Optional<String> fallback;
    if (arguments.group(2) != null) {
      kind = arguments.group(2).equals("ARRAY") ? "array" : "object";
      fallback = Optional.empty();
    } else if (arguments.group(3) != null) {
      kind = "text";
      fallback = Optional.of(arguments.group(3)).filter(text -> !text.isEmpty());
    } else {
      kind = arguments.group(4) != null ? "number" : "flag";
      fallback = Optional.of(arguments.group(4) != null ? arguments.group(4) : arguments.group(5));
    }
    boolean structured = arguments.group(2) != null; // no variable is read for it
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            arguments.group(1),
            kind,
            fallback.map(text -> "`" + text + "`").orElse("empty"),
            structured ? "none" : "`POSS_" + variable + "`",
            arguments.group(6));
  }
}
