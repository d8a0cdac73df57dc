package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SaltedOrderTest {
  private static final String COMPLAINT =
      " has another order in every JVM: walk a List, LinkedHashSet, TreeSet or TreeMap";

  private static List<String> messages(String body) {
    return Planted.messages(
        new SaltedOrder(),
        "node/src/main/java/io/ppio/node/A.java",
        "package io.ppio.node; import java.util.*; class A { " + body + " }");
  }

  @Test
  void aWalkThroughASaltedVariableIsFound() {
    assertEquals(
        List.of("names" + COMPLAINT),
        messages("Set<String> names = Set.of(\"a\", \"b\"); void a() { for (var n : names) {} }"));
    assertEquals(
        List.of("m" + COMPLAINT),
        messages("void a() { var m = Map.copyOf(Map.of()); m.entrySet().forEach(e -> {}); }"));
  }

  @Test
  void aDirectWalkIsFound() {
    assertEquals(
        List.of("Set.of(1, 2)" + COMPLAINT), messages("long a = Set.of(1, 2).stream().count();"));
  }

  @Test
  void lookingUpIsFine() {
    assertEquals(
        List.of(),
        messages(
            "Set<String> names = Set.of(\"a\"); boolean a(String b) { return names.contains(b); }"));
    assertEquals(
        List.of(),
        messages("List<String> names = List.of(\"a\"); void a() { for (var n : names) {} }"));
  }
}
