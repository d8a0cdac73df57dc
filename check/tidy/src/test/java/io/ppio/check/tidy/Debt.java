package io.ppio.check.tidy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the tree still breaks of one rule. It can only shrink: a finding that is not in the list
/// fails, and so does an entry that nothing in the tree matches any more.
///
/// The list of a rule is the resource `debt/NAME.txt`, one key a line. The key of a finding is its
/// message up to the first `: `, and holds neither path nor line. Each check leaves the list that
/// would be right in `target/debt/NAME.txt`; copying it over the resource is how a list is brought
/// up to date. A rule without a list owes nothing.
///
/// @param known the keys that are excused
record Debt(String name, Set<String> known) {
  static Debt of(String name) throws IOException {
    try (InputStream in = Debt.class.getResourceAsStream("/debt/" + name + ".txt")) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Debt(name, new TreeSet<>(text.lines().toList()));
    }
  }

  static String key(Finding finding) {
    int end = finding.message().indexOf(": ");
    return end < 0 ? finding.message() : finding.message().substring(0, end);
  }

  /// The findings that are not excused, and the excuses without a finding.
  List<Finding> check(List<Finding> findings) {
    Set<String> stale = new TreeSet<>(known);
    List<Finding> open = new ArrayList<>();
    for (Finding finding : findings) {
      stale.remove(key(finding));
      if (!known.contains(key(finding))) {
        open.add(finding);
      }
    }
    for (String entry : stale) {
      open.add(
          new Finding("debt/" + name + ".txt", 1, "'" + entry + "' is paid: take it off the list"));
    }
    return open;
  }

  /// Leaves the list that would excuse exactly these findings, with the findings themselves beside
  /// it.
  static void leave(String name, List<Finding> findings) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "debt"));
    Set<String> keys = new TreeSet<>();
    findings.forEach(finding -> keys.add(key(finding)));
    Files.write(folder.resolve(name + ".txt"), keys);
    Files.write(
        folder.resolve(name + "-findings.txt"), findings.stream().map(Finding::toString).toList());
  }
}
