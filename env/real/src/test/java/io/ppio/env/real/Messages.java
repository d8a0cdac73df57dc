package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// What failures say.
final class Messages {
  private Messages() {}

  static void assertSays(String part, Throwable failure) {
    assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.toString());
  }
}
