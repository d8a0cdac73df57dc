package io.ppio.check.tidy;

import java.util.List;

/// How many types of other packages of the project one source names. A class that needs more of
/// them is one that everything passes through.
final class ImportCount implements SourceRule {
  static final int MAX = 25;

  @Override
  public List<Finding> check(JavaSource source) {
    List<ProjectTypes.Use> named = ProjectTypes.namedIn(source);
    if (source.isTest() || named.size() <= MAX) {
      return List.of();
    }
    return List.of(
        new Finding(
            source.path,
            named.get(MAX).line(),
            "%s: names %d types of other packages, more than %d"
                .formatted(source.typeName(), named.size(), MAX)));
  }
}
