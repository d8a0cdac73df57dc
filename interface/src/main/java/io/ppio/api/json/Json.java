package io.ppio.api.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reading and writing JSON documents and the timestamps in them (interface specification, reading
/// rules and 1.3).
///
/// Stateless and safe for concurrent use.
public final class Json {
  /// Nesting a reader accepts; no document of ours is deeper than 8.
  private static final int DEPTH_MAX = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");

  private static final ObjectWriter PRETTY =
      MAPPER
          .writer()
          .with(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEmptySeparator("")
                          .withArrayEmptySeparator(""))
                  .withObjectIndenter(TWO_SPACES)
                  .withArrayIndenter(TWO_SPACES));

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .appendLiteral('Z')
          .toFormatter(java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  /// Text that is no JSON document, with the place.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  /// Parses one document; anything after it is an error.
  ///
  /// @throws Malformed with line and column, without the text
  public static JsonNode parse(byte[] utf8) throws Malformed {
    try {
      JsonNode node = MAPPER.readTree(utf8);
      if (node.isMissingNode()) {
        throw new Malformed("empty document");
      }
      return node;
    } catch (JacksonException e) {
      throw new Malformed(
          e.getLocation() == null
              ? "not JSON"
              : "not JSON at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr());
    }
  }

  /// Parses one document; anything after it is an error.
  public static JsonNode parse(String text) throws Malformed {
    return parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /// A new object, whose members keep the order in which they are added.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// A new array.
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /// The shortest text.
  public static String compact(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /// Two spaces a level, `": "` after names, `\n` line ends, empty collections closed at once.
  public static String pretty(JsonNode node) {
    return PRETTY.writeValueAsString(node);
  }

  /// RFC 3339 in UTC with up to six digits of fraction, trailing zeros removed.
  public static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant.truncatedTo(ChronoUnit.MICROS));
  }

  /// The timestamp of `instant`, or the zero time `0001-01-01T00:00:00Z`.
  public static String timestamp(Optional<Instant> instant) {
    return instant.map(Json::timestamp).orElse("0001-01-01T00:00:00Z");
  }

  /// Reads `YYYY-MM-DD` (that day at 00:00 UTC) or RFC 3339 with `Z` or a numeric offset; empty if
  /// it is neither.
  public static Optional<Instant> parseDate(String text) {
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
