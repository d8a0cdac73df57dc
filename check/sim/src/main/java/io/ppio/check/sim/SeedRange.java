package io.ppio.check.sim;

import io.ppio.env.Check;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Seeds from the first to the last, both included.
record SeedRange(long first, long last) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

  SeedRange {
    Check.range(first, 0, last, "first seed");
  }

  /// `A..B` or `A`; empty for anything else.
  static Optional<SeedRange> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
    return first <= last ? Optional.of(new SeedRange(first, last)) : Optional.empty();
  }

  long count() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first + ".." + last;
  }
}
