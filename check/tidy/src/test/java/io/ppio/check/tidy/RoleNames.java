package io.ppio.check.tidy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// No role names another role: what two of them share lies below them, and what one knows of the
/// other is a message. `host`, on which all of them stand, is no role. Tests put roles together.
final class RoleNames implements SourceRule {
  private static final Set<String> ROLES =
      new TreeSet<>(
          List.of("bootstrap", "user", "source", "miner", "indexer", "verifier", "coinpool"));

  @Override
  public List<Finding> check(JavaSource source) {
    Optional<String> own = role(source.packageName());
    if (own.isEmpty() || source.isTest()) {
      return List.of();
    }
    return ProjectTypes.namedIn(source).stream()
        .filter(
            use -> role(use.packageName()).filter(other -> !other.equals(own.get())).isPresent())
        .map(use ->
            new Finding(
                source.path,
                use.line(),
                own.get() + " names " + use.qualified() + ": no role names another"))
        .toList();
  }

  private static Optional<String> role(String packageName) {
    String folder = Layer.NODE.packageName + ".";
    if (!packageName.startsWith(folder)) {
      return Optional.empty();
    }
    String[] parts = packageName.substring(folder.length()).split("\\.");
    return Optional.of(parts[0]).filter(ROLES::contains);
  }
}
