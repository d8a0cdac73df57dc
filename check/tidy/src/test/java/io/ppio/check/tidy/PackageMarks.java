package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Each package says what it is and is null-marked. A package of tests that also exists in the main
/// sources is marked there.
final class PackageMarks implements TreeRule {
  private static final String FILE = "package-info.java";

  @Override
  public List<Finding> check(SourceTree tree) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> sources = tree.ending(".java");
    Map<String, String> packages = new TreeMap<>(); // folder to one file in it
    sources.keySet().forEach(path -> packages.putIfAbsent(folder(path), path));
    packages.forEach((folder, example) -> {
      String main = folder.replace("/src/test/java/", "/src/main/java/");
      String text = sources.get(folder + "/" + FILE);
      boolean markedInMain = !main.equals(folder) && packages.containsKey(main);
      if (text == null && !markedInMain) {
        findings.add(new Finding(example, 1, "its package has no " + FILE));
      } else if (text != null && !text.contains("@NullMarked")) {
        findings.add(new Finding(folder + "/" + FILE, 1, "the package is not @NullMarked"));
      } else if (text != null && !text.startsWith("///")) {
        findings.add(new Finding(folder + "/" + FILE, 1, "says nothing about the package"));
      }
    });
    return findings;
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
