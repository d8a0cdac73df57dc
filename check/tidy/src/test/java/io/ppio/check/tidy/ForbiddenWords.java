package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Texts that hold for one machine only, and marks of unfinished work. The patterns are put
/// together from pieces, so that this file does not break its own rule.
final class ForbiddenWords implements TreeRule {
  private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

  static {
    word("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b", "unfinished work belongs in an issue");
    word("(?<![\\w.])/(wo" + "rk|ro" + "ot|ho" + "me)/[\\w.-]+", "a path of one machine");
    word("/usr/lib/jvm" + "/[\\w]+", "a path of one machine: the launchers search for the JDK");
    word("repo[\\w.]*\\.(ma" + "ven\\.org|apa" + "che\\.org)", "the host of a registry");
    word(
        "(registry\\.np" + "mjs|files\\.python" + "hosted|proxy\\.go" + "lang)\\.",
        "the host of a registry");
  }

  private static void word(String regex, String message) {
    WORDS.put(Pattern.compile(regex), message);
  }

  @Override
  public List<Finding> check(SourceTree tree) {
    List<Finding> findings = new ArrayList<>();
    tree.texts()
        .forEach((path, text) -> {
          if (!path.equals("LICENSE")) {
            WORDS.forEach((word, message) -> look(path, text, word, message, findings));
          }
        });
    return findings;
  }

  private static void look(
      String path, String text, Pattern word, String message, List<Finding> findings) {
    var places = word.matcher(text);
    while (places.find()) {
      findings.add(Finding.at(path, text, places.start(), "'" + places.group() + "': " + message));
    }
  }
}
