package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static List<String> messages(String packageName, String text) {
    return Planted.messages(
        new Names(),
        "data/src/main/java/io/ppio/data/A.java",
        "package " + packageName + "; " + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class PeerManager {}",
        "final class A { private record HashUtil() {} }",
        "enum NodeInfo {}",
        "interface TileImpl {}",
        "class A { interface TaskContext {} }",
        "class OrderDesk {}",
        "class IndexerLine {}",
        "class MinerStock {}",
        "class Room {}",
        "class AddressBook {}",
        "class Tally {}",
        "class Workshop {}",
        "class Intake {}",
        "class GetTools {}",
        "class Holdings {}"
      })
  void suffixesThatSayNothingAreFoundWhereverTheTypeStands(String text) {
    assertEquals(1, messages("io.ppio.data", text).size());
  }

  @Test
  void theSameLettersInsideANameAreFine() {
    assertEquals(
        List.of(),
        messages("io.ppio.data", "class Database {} class InformedMiner {} class Metadatum {}"));
    assertEquals(List.of(), messages("io.ppio.data", "class Deadline {} class Bookmark {}"));
  }

  @Test
  void packagesAreNamedByTheirSubject() {
    assertEquals(
        List.of("package 'utils' names a kind, not a subject"),
        messages("io.ppio.data.utils", "class A {}"));
    assertEquals(List.of(), messages("io.ppio.crypto.hash", "class A {}"));
  }
}
