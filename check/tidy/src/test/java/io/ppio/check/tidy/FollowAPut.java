package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `docs/follow-a-put.md` names what exists. In back-quotes, `UserNode`, `Effect.RevealKey` and
/// `node.user.UserNode` are types of the main sources, and `Upload.commit`, `Upload#commit()` are
/// members that the type declares itself. Other words in back-quotes are none of this rule's.
final class FollowAPut {
  static final String PAGE = "docs/follow-a-put.md";
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern NAME =
      Pattern.compile(
          "((?:[a-z]\\w*\\.)*[A-Z]\\w*[a-z]\\w*(?:\\.[A-Z]\\w*[a-z]\\w*)*)"
              + "(?:[.#]([a-z]\\w*|[A-Z][A-Z0-9_]*))?(?:\\(.*\\))?");

  private FollowAPut() {}

  static List<Finding> check(SourceTree tree, List<JavaSource> sources) {
    if (!tree.has(PAGE)) {
      return List.of(new Finding(PAGE, 1, "the page does not exist"));
    }
    var types = new DeclaredTypes(sources.stream().filter(source -> !source.isTest()).toList());
    List<Finding> findings = new ArrayList<>();
    long number = 0;
    boolean any = false;
    for (String line : tree.text(PAGE).lines().toList()) {
      number++;
      var quoted = QUOTED.matcher(line);
      while (quoted.find()) {
        var name = NAME.matcher(quoted.group(1));
        if (!name.matches()) {
          continue;
        }
        any = true;
        String member = name.group(2);
        if (!types.has(name.group(1))) {
          findings.add(new Finding(PAGE, number, "no type is called " + name.group(1)));
        } else if (member != null && !types.has(name.group(1), member)) {
          findings.add(new Finding(PAGE, number, name.group(1) + " declares no " + member));
        }
      }
    }
    if (!any) {
      findings.add(new Finding(PAGE, 1, "the page names no class"));
    }
    return findings;
  }
}
