package io.ppio.check.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The subject of each commit since this was agreed: `area: what changes`, at most 72 characters,
/// nothing unfinished. Merges speak for themselves.
final class CommitSubjects {
  /// The last commit that this was not asked of.
  static final String AFTER = "11bde6d";

  static final int LENGTH_MAX = 72;
  private static final Pattern SUBJECT =
      Pattern.compile("[a-z][\\w./-]*(, [a-z][\\w./-]*)*: \\S.*");
  private static final Pattern UNFINISHED = Pattern.compile("(?i)\\bwip\\b");

  private CommitSubjects() {}

  /// @param commits a short hash, a space and the subject each
  static List<Finding> check(List<String> commits) {
    List<Finding> findings = new ArrayList<>();
    for (String commit : commits) {
      String subject = commit.substring(commit.indexOf(' ') + 1);
      List<String> wrong = new ArrayList<>();
      if (subject.length() > LENGTH_MAX) {
        wrong.add("%d characters, at most %d".formatted(subject.length(), LENGTH_MAX));
      }
      if (UNFINISHED.matcher(subject).find()) {
        wrong.add("says that it is not finished");
      }
      if (!SUBJECT.matcher(subject).matches()) {
        wrong.add("is not 'area: what changes'");
      }
      wrong.forEach(each -> findings.add(new Finding("commit " + commit, 1, each)));
    }
    return findings;
  }

  /// The commits since [#AFTER]; empty where the checkout has no history that reaches so far back.
  static Optional<List<String>> read(Path root) throws IOException, InterruptedException {
    Process git;
    try {
      git =
          new ProcessBuilder("git", "log", "--no-merges", "--format=%h %s", AFTER + "..HEAD")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException _) { // no such program
      return Optional.empty();
    }
    String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return git.waitFor() == 0 ? Optional.of(out.lines().toList()) : Optional.empty();
  }
}
