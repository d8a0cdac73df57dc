package io.ppio.check.tidy;

/// One place that breaks a rule: a path relative to the root of the tree, a line counted from 1,
/// and what to do instead.
record Finding(String path, long line, String message) {
  /// A finding at an offset of a file's text.
  static Finding at(String path, String text, int offset, String message) {
    return new Finding(
        path, 1 + text.chars().limit(offset).filter(c -> c == '\n').count(), message);
  }

  @Override
  public String toString() {
    return path + ":" + line + ": " + message;
  }
}
