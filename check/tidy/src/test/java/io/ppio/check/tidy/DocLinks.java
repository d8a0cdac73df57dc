package io.ppio.check.tidy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Every link of a page into the tree, and every page that a source names, exists; so does the
/// heading behind a `#`.
final class DocLinks implements TreeRule {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern NAMED_IN_SOURCE =
      Pattern.compile("docs/[\\w/.-]+\\.md(?:#[\\w-]+)?");
  private static final Pattern CODE_SPAN = Pattern.compile("`[^`\n]*`");

  @Override
  public List<Finding> check(SourceTree tree) {
    List<Finding> findings = new ArrayList<>();
    tree.ending(".md").forEach((path, text) -> page(tree, path, text, findings));
    tree.ending(".java")
        .forEach((path, text) -> {
          if (!path.startsWith("check/tidy/")) {
            source(tree, path, text, findings);
          }
        });
    return findings;
  }

  private static void page(SourceTree tree, String path, String text, List<Finding> findings) {
    long number = 0;
    boolean fenced = false;
    for (String line : text.lines().toList()) {
      number++;
      if (line.startsWith("```")) {
        fenced = !fenced;
      }
      var links = LINK.matcher(CODE_SPAN.matcher(line).replaceAll("``"));
      while (!fenced && links.find()) {
        String target = links.group(1);
        if (URI.create(target).getScheme() == null) {
          Path folder = Path.of(path).resolveSibling("");
          complain(
                  tree,
                  target.startsWith("#")
                      ? path + target
                      : folder.resolve(target).normalize().toString())
              .forEach(new Appender(findings, path, number)::add);
        }
      }
    }
  }

  private static void source(SourceTree tree, String path, String text, List<Finding> findings) {
    long number = 0;
    for (String line : text.lines().toList()) {
      number++;
      var names = NAMED_IN_SOURCE.matcher(line);
      while (names.find()) {
        complain(tree, names.group()).forEach(new Appender(findings, path, number)::add);
      }
    }
  }

  /// At most one message about a target such as `docs/README.md#reading`; a folder is fine when it
  /// holds something.
  private static List<String> complain(SourceTree tree, String target) {
    int hash = target.indexOf('#');
    String file = (hash < 0 ? target : target.substring(0, hash)).replaceAll("/$", "");
    if (!tree.has(file)) {
      boolean folder = tree.texts().keySet().stream().anyMatch(each -> each.startsWith(file + "/"));
      return folder || file.isEmpty() ? List.of() : List.of(file + " does not exist");
    }
    String heading = hash < 0 ? "" : target.substring(hash + 1);
    if (!heading.isEmpty() && !headings(tree, file).contains(heading)) {
      return List.of(file + " has no heading #" + heading);
    }
    return List.of();
  }

  /// Headings as the usual hosts turn them into anchors.
  private static Set<String> headings(SourceTree tree, String file) {
    Set<String> anchors = new TreeSet<>();
    tree.text(file)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+\\s+", "").strip().toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N}\\s_-]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }

  private record Appender(List<Finding> findings, String path, long line) {
    void add(String message) {
      findings.add(new Finding(path, line, message));
    }
  }
}
