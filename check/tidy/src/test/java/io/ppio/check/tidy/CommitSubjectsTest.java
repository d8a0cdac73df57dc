package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitSubjectsTest {
  private static List<String> messages(String subject) {
    return CommitSubjects.check(List.of("0123abc " + subject)).stream()
        .map(Finding::message)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network/dht: ping before evicting",
        "env, data: one encode type",
        "env/real: wipe what a crash left behind"
      })
  void anAreaAndWhatChangesIsFine(String subject) {
    assertEquals(List.of(), messages(subject));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Fix the build", "tidy:", "tidy: ", "Tidy: new rules", "fixup! tidy: rules"})
  void anySubjectOfAnotherFormIsFound(String subject) {
    assertEquals(List.of("is not 'area: what changes'"), messages(subject));
  }

  @Test
  void whatIsTooLongOrUnfinishedIsFound() {
    assertEquals(List.of(), messages("tidy: " + "x".repeat(66)));
    assertEquals(List.of("73 characters, at most 72"), messages("tidy: " + "x".repeat(67)));
    assertEquals(List.of("says that it is not finished"), messages("tidy: WIP, more rules"));
    assertEquals(
        List.of("says that it is not finished", "is not 'area: what changes'"), messages("wip"));
  }

  @Test
  void aFolderWithoutHistoryHasNoSubjects(@TempDir Path folder)
      throws IOException, InterruptedException {
    assertEquals(Optional.empty(), CommitSubjects.read(folder));
  }
}
