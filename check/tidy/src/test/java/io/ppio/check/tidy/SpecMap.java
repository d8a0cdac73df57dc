package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `docs/spec-map.md` points at things that exist. A row of its tables has four cells:
///
/// | Section | Statement | Class | Test |
///
/// Class and Test hold qualified names in back-quotes with `io.ppio.` left out, at least one each;
/// or the Class cell says `departs` and links to the decision that says why, and the Test cell may
/// then hold a dash.
final class SpecMap implements TreeRule {
  static final String PAGE = "docs/spec-map.md";
  private static final Pattern NAME =
      Pattern.compile("`([a-z][\\w]*(?:\\.[a-z][\\w]*)*\\.[A-Z]\\w*)`");
  private static final Pattern DECISION =
      Pattern.compile("departs.*\\]\\(decisions/\\d{4}-[\\w-]+\\.md\\)");

  @Override
  public List<Finding> check(SourceTree tree) {
    List<Finding> findings = new ArrayList<>();
    if (!tree.has(PAGE)) {
      return List.of(new Finding(PAGE, 1, "does not exist"));
    }
    long number = 0;
    for (String line : tree.text(PAGE).lines().toList()) {
      number++;
      if (line.startsWith("|") && !line.startsWith("|--") && !line.startsWith("| Section")) {
        for (String message : row(tree, line)) {
          findings.add(new Finding(PAGE, number, message));
        }
      }
    }
    return findings;
  }

  private static List<String> row(SourceTree tree, String line) {
    String[] cells = line.split("(?<!\\\\)\\|", -1);
    if (cells.length != 6) {
      return List.of("a row has four cells: section, statement, class, test");
    }
    List<String> messages = new ArrayList<>();
    boolean departs = DECISION.matcher(cells[3]).find();
    if (!departs) {
      names(tree, cells[3], "/src/main/java/", messages);
    }
    if (!departs || NAME.matcher(cells[4]).find()) {
      names(tree, cells[4], "/src/test/java/", messages);
    }
    return messages;
  }

  private static void names(SourceTree tree, String cell, String folder, List<String> messages) {
    var names = NAME.matcher(cell);
    boolean any = false;
    while (names.find()) {
      any = true;
      String file = folder + "io/ppio/" + names.group(1).replace('.', '/') + ".java";
      if (tree.texts().keySet().stream().noneMatch(path -> path.endsWith(file))) {
        messages.add(
            "io.ppio."
                + names.group(1)
                + " does not exist under"
                + folder.replace('/', ' ').stripTrailing());
      }
    }
    if (!any) {
      messages.add("names no class in '" + cell.strip() + "'");
    }
  }
}
