package io.ppio.check.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The poms say the same about layers as [Layer]: the root lists the modules from the lowest up,
/// and a module names only lower ones.
final class PomLayers implements TreeRule {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern OURS =
      Pattern.compile(
          "<dependency>\\s*<groupId>io\\.ppio</groupId>\\s*<artifactId>([^<]+)</artifactId>");

  @Override
  public List<Finding> check(SourceTree tree) {
    List<Finding> findings = new ArrayList<>();
    tree.ending("pom.xml")
        .forEach((path, text) -> {
          if (path.equals("pom.xml")) {
            modules(tree, text, findings);
          } else {
            dependencies(path, text, findings);
          }
        });
    return findings;
  }

  private static void modules(SourceTree tree, String text, List<Finding> findings) {
    Optional<Layer> last = Optional.empty();
    var modules = MODULE.matcher(text);
    while (modules.find()) {
      String name = modules.group(1);
      Optional<Layer> layer = Layer.ofFolder(name);
      if (layer.isEmpty() || (last.isPresent() && last.get().mayUse(layer.get()))) {
        findings.add(
            Finding.at(
                "pom.xml", text, modules.start(), name + " is not in its place among the layers"));
      } else {
        last = layer;
      }
      if (!tree.has(name + "/pom.xml")) {
        findings.add(Finding.at("pom.xml", text, modules.start(), name + " has no pom"));
      }
    }
  }

  private static void dependencies(String path, String text, List<Finding> findings) {
    Optional<Layer> own = Layer.ofFolder(path.substring(0, path.lastIndexOf('/')));
    var dependencies = OURS.matcher(text);
    while (dependencies.find()) {
      String name = dependencies.group(1);
      Optional<Layer> target = Layer.ofArtifact(name);
      boolean lower = own.isPresent() && target.isPresent() && own.get().mayUse(target.get());
      if (!lower || target.get() == Layer.TIDY || own.get() == Layer.TIDY) {
        findings.add(Finding.at(path, text, dependencies.start(), "may not depend on " + name));
      }
    }
  }
}
