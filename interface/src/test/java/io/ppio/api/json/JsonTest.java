package io.ppio.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Timestamps and layout as the original clients read them (interface specification, reading
/// rules).
class JsonTest {
  @Test
  void timestampsDropTrailingZerosOfTheFraction() {
    assertEquals("2019-12-12T00:00:00Z", Json.timestamp(Instant.parse("2019-12-12T00:00:00Z")));
    assertEquals(
        "2019-01-16T02:31:22.31165Z",
        Json.timestamp(Instant.parse("2019-01-16T02:31:22.311650999Z")));
    assertEquals("0001-01-01T00:00:00Z", Json.timestamp(Optional.empty()));
  }

  @Test
  void datesAreDaysOrInstantsWithAnyOffset() {
    assertEquals(Optional.of(Instant.parse("2019-12-12T00:00:00Z")), Json.parseDate("2019-12-12"));
    assertEquals(
        Optional.of(Instant.parse("2019-12-11T22:00:00Z")),
        Json.parseDate("2019-12-12T00:00:00+02:00"));
    assertEquals(
        Optional.of(Instant.parse("2019-12-12T01:02:03.456Z")),
        Json.parseDate("2019-12-12T01:02:03.456Z"));
    assertEquals(Optional.empty(), Json.parseDate("tomorrow"));
    assertEquals(Optional.empty(), Json.parseDate("2019-13-12"));
  }

  @Test
  void prettyTextHasTwoSpacesAndClosesEmptyCollectionsAtOnce() {
    var object = Json.object().put("a", 1);
    object.putArray("b");
    object.putArray("c").addObject().put("d", "e");
    assertEquals(
        "{\n  \"a\": 1,\n  \"b\": [],\n  \"c\": [\n    {\n      \"d\": \"e\"\n    }\n  ]\n}",
        Json.pretty(object));
  }

  @Test
  void textAfterTheDocumentIsRefused() {
    assertThrows(Json.Malformed.class, () -> Json.parse("1 2"));
    assertThrows(Json.Malformed.class, () -> Json.parse(""));
  }
}
