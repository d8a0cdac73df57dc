package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowAPutTest {
  private static final List<JavaSource> SOURCES =
      JavaSource.parse(
          Map.of(
              "data/src/main/java/io/ppio/data/plot/Upload.java",
              """
              package io.ppio.data.plot;
              final class Upload {
                static final int TILES_MAX = 1;
                record Opened(int tiles) {}
                void commit() {}
              }
              """,
              "data/src/test/java/io/ppio/data/plot/Planted.java",
              "package io.ppio.data.plot; class Planted {}"));

  private static List<String> messages(String line) {
    return FollowAPut.check(new SourceTree(Map.of(FollowAPut.PAGE, line)), SOURCES).stream()
        .map(Finding::message)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`Upload`",
        "`data.plot.Upload`",
        "`Upload.commit`",
        "`Upload#commit()`",
        "`Upload.Opened`",
        "`Opened.tiles`",
        "`Upload.TILES_MAX`",
        "`Upload`, then `PUT_OPEN` with `tiles`, `RT`, `./ppio` and `a -> B`"
      })
  void whatTheSourcesDeclareIsFine(String line) {
    assertEquals(List.of(), messages(line));
  }

  @Test
  void whatTheyDoNotDeclareIsFound() {
    assertEquals(List.of("no type is called Uploader"), messages("`Upload` `Uploader`"));
    assertEquals(List.of("no type is called network.Upload"), messages("`network.Upload`"));
    assertEquals(List.of("Upload declares no abort"), messages("`Upload.abort(reason)`"));
    assertEquals(List.of("no type is called Upload.Gone"), messages("`Upload.Gone`"));
    assertEquals(List.of("no type is called Planted"), messages("`Planted`"));
  }

  @Test
  void aPageThatNamesNothingOrIsMissingIsFound() {
    assertEquals(
        List.of("the page names no class"), messages("A put goes from the user to a miner."));
    assertEquals(
        List.of("the page does not exist"),
        FollowAPut.check(new SourceTree(Map.of()), SOURCES).stream()
            .map(Finding::message)
            .toList());
  }
}
