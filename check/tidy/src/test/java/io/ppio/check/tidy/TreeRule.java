package io.ppio.check.tidy;

import java.util.List;

/// A rule about files together. Stateless.
interface TreeRule {
  List<Finding> check(SourceTree tree);
}
