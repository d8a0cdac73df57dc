package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForbiddenWordsTest {
  private static int count(String text) {
    return Planted.findings(new ForbiddenWords(), "a.md", text).size();
  }

  @Test
  void marksOfUnfinishedWorkAreFound() {
    assertEquals(
        List.of("a.md:2: 'TO" + "DO': unfinished work belongs in an issue"),
        Planted.findings(new ForbiddenWords(), "a.md", "one\n// TO" + "DO later"));
    assertEquals(0, count("HACKING and TODOS are other words, and so is a todo list"));
  }

  @Test
  void pathsOfOneMachineAndHostsOfRegistriesAreFound() {
    assertEquals(1, count("cd /wo" + "rk/main"));
    assertEquals(1, count("in /ho" + "me/someone/ppio"));
    assertEquals(1, count("JAVA_HOME=/usr/lib/jvm" + "/jdk-25"));
    assertEquals(1, count("https://repo1.ma" + "ven.org/x"));
  }

  @Test
  void placesThatEveryMachineHasAreFine() {
    assertEquals(0, count("for d in /usr/lib/jvm/*; do ls $state/wo" + "rk/x; done"));
  }
}
