package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class Slf4jLogTest {
  @Test
  void anEventIsOneLineOfPairs() {
    assertEquals(
        "piece-stored piece=0102 bytes=131072 peer=127.0.0.1:8050",
        Slf4jLog.line(
            "piece-stored",
            "piece",
            Bytes.fromHex("0102"),
            "bytes",
            131072,
            "peer",
            "127.0.0.1:8050"));
    assertEquals("started", Slf4jLog.line("started"));
  }

  @Test
  void valuesThatCouldBeMistakenAreQuoted() {
    assertEquals("e a=\"b c\"", Slf4jLog.line("e", "a", "b c"));
    assertEquals("e a=\"b=c\"", Slf4jLog.line("e", "a", "b=c"));
    assertEquals("e a=\"b\\\"c\"", Slf4jLog.line("e", "a", "b\"c"));
    assertEquals("e a=\"\"", Slf4jLog.line("e", "a", ""));
  }

  @Test
  void noValueBreaksTheLineOrDrivesATerminal() {
    assertEquals("e a=\"x\\r\\n\\tfake line\"", Slf4jLog.line("e", "a", "x\r\n\tfake line"));
    assertEquals("e a=\"\\u001b[2J\"", Slf4jLog.line("e", "a", "\u001b[2J"));
    assertEquals("e a=\\u202etxt\\u2028\\u0085", Slf4jLog.line("e", "a", "\u202etxt\u2028\u0085"));
    assertEquals("e a=back\\\\slash", Slf4jLog.line("e", "a", "back\\slash"));
    assertFalse(Slf4jLog.line("e\n", "k\n", "v").contains("\n"));
  }

  @Test
  void aLongValueIsCut() {
    assertTrue(Slf4jLog.line("e", "a", "x".repeat(100_000)).length() < 3000);
  }

  @Test
  void failuresShowTheirCauses() {
    Exception failure = new IOException("outer", new IOException("inner"));
    assertEquals(
        "e reason=\"IOException: outer; cause IOException: inner\"",
        Slf4jLog.line("e", "reason", failure));
  }

  @Test
  void ownBugsShowWhereTheyAre() {
    String line = Slf4jLog.line("e", "reason", new IllegalStateException("bug"));
    assertTrue(
        line.contains("IllegalStateException: bug at " + Slf4jLogTest.class.getName()), line);
  }

  @Test
  void aMissingValueIsShownAsSuch() {
    assertEquals("e a=", Slf4jLog.line("e", "a"));
  }
}
