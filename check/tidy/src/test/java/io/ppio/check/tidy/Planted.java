package io.ppio.check.tidy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sources and trees that tests make up, and what the rules say about them.
final class Planted {
  private Planted() {}

  /// Messages of a rule about one source, in order.
  static List<String> messages(SourceRule rule, String path, String text) {
    return rule.check(JavaSource.parse(path, text)).stream().map(Finding::message).toList();
  }

  /// `line: message` of a rule about one source, in order.
  static List<String> places(SourceRule rule, String path, String text) {
    return rule.check(JavaSource.parse(path, text)).stream()
        .map(finding -> finding.line() + ": " + finding.message())
        .toList();
  }

  /// Findings of a rule about a tree, given as path, text, path, text...
  static List<String> findings(TreeRule rule, String... pathsAndTexts) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      texts.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return rule.check(new SourceTree(texts)).stream().map(Finding::toString).toList();
  }
}
