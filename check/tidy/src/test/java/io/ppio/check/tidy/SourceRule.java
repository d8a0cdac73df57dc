package io.ppio.check.tidy;

import java.util.List;

/// A rule that looks at one Java file at a time. Stateless.
interface SourceRule {
  List<Finding> check(JavaSource source);
}
