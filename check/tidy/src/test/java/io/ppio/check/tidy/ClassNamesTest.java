package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {
  private static final String GLOSSARY =
      """
      # Glossary

      | Noun | Meaning |
      |---|---|
      | copy, replica | one sealed segment |
      | PoRep | proof of replication |
      | peer id | 39 bytes |
      | state of a contract | pending and so on |
      | environment, `Env` | the only door |
      | R' | D ciphered for one lane |

      | Word | What such a class does |
      |---|---|
      | Service | answers |
      | Policy, Rules | decides |
      """;

  private static List<String> findings(String folder, String text) {
    var tree = new SourceTree(Map.of(ClassNames.PAGE, GLOSSARY));
    String path = "data/src/" + folder + "/java/io/ppio/data/A.java";
    return ClassNames.check(tree, List.of(JavaSource.parse(path, "package io.ppio.data; " + text)))
        .stream()
        .map(Finding::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UploadService",
        "CopyPolicy",
        "Policies",
        "MatchRules",
        "Replicas",
        "Copies",
        "Porep",
        "PeerId",
        "RealEnv",
        "ContractState"
      })
  void aRoleWordOrANounAtTheEndIsFine(String name) {
    assertEquals(List.of(), findings("main", "class " + name + " {}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CopyDriver", "Serviced", "UserId", "R", "Noun", "Word", "OrderState"})
  void anyOtherEndIsFound(String name) {
    assertEquals(
        List.of(
            "data/src/main/java/io/ppio/data/A.java:1: "
                + name
                + ": ends in no role word and no noun of docs/glossary.md"),
        findings("main", "enum " + name + " {}"));
  }

  @Test
  void nestedTypesInvariantsExceptionsAndTestsAreNamedByOtherThings() {
    assertEquals(List.of(), findings("main", "interface Service { record Opened() {} }"));
    assertEquals(
        List.of(),
        findings(
            "main", "class DeletedIsFreed extends Rules {} class Rules implements Invariant {}"));
    assertEquals(List.of(), findings("main", "class LaneFailed extends java.io.IOException {}"));
    assertEquals(List.of(), findings("test", "class CopyDriver {}"));
  }

  @Test
  void theGlossaryOfTheTreeIsRead() {
    assertEquals(
        Set.of(
            "copy",
            "replica",
            "porep",
            "peerid",
            "contractstate",
            "environment",
            "env",
            "service",
            "policy",
            "rules"),
        ClassNames.words(GLOSSARY));
  }
}
