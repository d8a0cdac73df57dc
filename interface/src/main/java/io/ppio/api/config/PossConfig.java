package io.ppio.api.config;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The configuration of a user node: options over environment over `poss.conf` over defaults.
///
/// Reading is liberal, because the JavaScript SDK rewrites the file: numbers may be text, `null`
/// means the default, unknown members are kept. Owned by the starting task, immutable in use after
/// that.
public final class PossConfig {
  /// Largest file that is read.
  public static final int SIZE_MAX = 1 << 20;

  private static final Pattern GO_DURATION = Pattern.compile("([0-9]+)(ms|s|m|h)?");

  /// Where a value came from.
  public enum Origin {
    OPTION,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }

  private record Given(String value, Origin origin) {}

  private final ObjectNode document;
  private final Map<Setting, Given> overrides = new EnumMap<>(Setting.class);

  private PossConfig(ObjectNode document) {
    this.document = document;
  }

  /// A configuration with no file behind it.
  public static PossConfig empty() {
    return new PossConfig(Json.object());
  }

  /// Reads the text of a `poss.conf`.
  ///
  /// @throws IOException when it is no JSON object; the message says where
  public static PossConfig parse(byte[] text) throws IOException {
    try {
      JsonNode node = Json.parse(text);
      if (node instanceof ObjectNode object) {
        return new PossConfig(object);
      }
      throw new IOException("not a JSON object");
    } catch (Json.Malformed e) {
      throw new IOException(e.getMessage());
    }
  }

  /// Gives `setting` a value from an option or the environment; an earlier override wins.
  public void override(Setting setting, String value, Origin origin) {
    overrides.putIfAbsent(setting, new Given(value, origin));
  }

  /// Gives `setting` the value of an option, else of the environment variable `POSS_<OPTION>`, if
  /// there is one.
  ///
  /// @param option empty text counts as not given
  public void override(Setting setting, Optional<String> option) {
    option
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> override(setting, value, Origin.OPTION));
    String variable = "POSS_" + setting.option().toUpperCase(Locale.ROOT).replace('-', '_');
    Optional.ofNullable(System.getenv(variable))
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> override(setting, value, Origin.ENVIRONMENT));
  }

  /// Gives each setting that is one text the value of its environment variable, if there is one and
  /// no option was given.
  public void environment() {
    for (Setting setting : Setting.values()) {
      if (setting.kind() != Setting.Kind.ARRAY && setting.kind() != Setting.Kind.OBJECT) {
        override(setting, Optional.empty());
      }
    }
  }

  private JsonNode node(Setting setting) {
    JsonNode at = document;
    for (String name : setting.path().split("\\.")) {
      at = at.path(name);
    }
    if (at.isMissingNode() && setting == Setting.STORAGE_PATH) {
      at = document.path("StoragePath");
    }
    if (at.isMissingNode()
        && (setting == Setting.NET_TCP_PORT || setting == Setting.NET_UDP_PORT)) {
      at = document.path(setting.path().substring("Net.".length()));
    }
    return at;
  }

  /// Where the value of `setting` comes from.
  public Origin origin(Setting setting) {
    Given override = overrides.get(setting);
    if (override != null) {
      return override.origin();
    }
    JsonNode node = node(setting);
    return node.isMissingNode() || node.isNull() ? Origin.DEFAULT : Origin.FILE;
  }

  /// The value as text; numbers and booleans in their JSON form.
  public String text(Setting setting) {
    Given override = overrides.get(setting);
    if (override != null) {
      return override.value();
    }
    JsonNode node = node(setting);
    if (node.isMissingNode() || node.isNull()) {
      return setting.fallback();
    }
    return node.isContainer() ? Json.compact(node) : node.asString();
  }

  /// The value as an integer.
  ///
  /// @throws IllegalArgumentException naming the member when it is none or out of `min` to `max`
  public long number(Setting setting, long min, long max) {
    String text = text(setting).strip();
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          shown(setting) + " must be a number, not '" + text + "'; it is: " + setting.meaning(), e);
    }
    throw new IllegalArgumentException(
        shown(setting) + " must be in " + min + ".." + max + ", not " + text);
  }

  /// The value as one of a few words, whatever its case.
  ///
  /// @throws IllegalArgumentException naming the member when it is none of them
  public String word(Setting setting, List<String> allowed) {
    String text = text(setting).strip();
    return allowed.stream()
        .filter(word -> word.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                shown(setting)
                    + " must be one of "
                    + String.join(", ", allowed)
                    + ", not '"
                    + text
                    + "'"));
  }

  /// The name under which the user gave the value.
  private String shown(Setting setting) {
    return switch (origin(setting)) {
      case OPTION -> "--" + setting.option();
      case ENVIRONMENT -> "POSS_" + setting.option().toUpperCase(Locale.ROOT).replace('-', '_');
      case FILE, DEFAULT -> setting.path();
    };
  }

  /// The value as a boolean.
  ///
  /// @throws IllegalArgumentException naming the member when it is none
  public boolean flag(Setting setting) {
    return switch (text(setting)) {
      case "true" -> true;
      case "false", "" -> false;
      default -> throw new IllegalArgumentException(shown(setting) + " must be true or false");
    };
  }

  /// The value as a span of time: seconds, or a number with `ms`, `s`, `m` or `h`.
  ///
  /// @throws IllegalArgumentException naming the member when it is none
  public Duration duration(Setting setting) {
    Matcher matcher = GO_DURATION.matcher(text(setting).strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(shown(setting) + " must be a duration such as 120s");
    }
    long count = Long.parseLong(matcher.group(1));
    String unit = Optional.ofNullable(matcher.group(2)).orElse("s");
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofSeconds(count);
    };
  }

  /// The value as a list of texts.
  public List<String> texts(Setting setting) {
    List<String> values = new ArrayList<>();
    if (node(setting) instanceof ArrayNode array) {
      array.forEach(each -> values.add(each.asString()));
    }
    return List.copyOf(values);
  }

  /// The entry points.
  public List<BootstrapAddress> bootstrap() {
    List<BootstrapAddress> addresses = new ArrayList<>();
    if (node(Setting.BOOTSTRAP) instanceof ArrayNode array) {
      array.forEach(each -> addresses.add(BootstrapAddress.of(each)));
    }
    return List.copyOf(addresses);
  }

  /// Sets a member of the document, making the objects on its path.
  public void set(Setting setting, JsonNode value) {
    String[] path = setting.path().split("\\.");
    ObjectNode at = document;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.path(path[i]) instanceof ObjectNode child ? child : at.putObject(path[i]);
    }
    at.set(path[path.length - 1], value);
  }

  /// Adds the default of every member that the document lacks; secrets are never written.
  public void complete() {
    for (Setting setting : Setting.values()) {
      if (node(setting).isMissingNode() && !setting.secret()) {
        set(setting, defaultNode(setting));
      }
    }
  }

  private static JsonNode defaultNode(Setting setting) {
    ObjectNode holder = Json.object();
    return switch (setting.kind()) {
      case TEXT -> holder.put("v", setting.fallback()).path("v");
      case NUMBER -> holder.put("v", Long.parseLong(setting.fallback())).path("v");
      case FLAG -> holder.put("v", Boolean.parseBoolean(setting.fallback())).path("v");
      case ARRAY -> setting == Setting.BOOTSTRAP ? localBootstrap() : Json.array();
      case OBJECT -> setting == Setting.PAYMENT ? defaultPayment() : defaultQos();
    };
  }

  private static ArrayNode localBootstrap() {
    ArrayNode list = Json.array();
    // No PeerID: the JavaScript SDK merges arrays by index and would pair it with another node's
    // address.
    list.addObject()
        .put("Name", "bootstrap")
        .put("IP", "127.0.0.1")
        .put("UDPPort", 8020)
        .put("TCPPort", 8020)
        .put("HTTPPort", 0)
        .put("RPCPort", 0);
    return list;
  }

  private static ObjectNode defaultPayment() {
    return Json.object()
        .put("Name", "default-payment")
        .put("IP", "127.0.0.1")
        .put("UDPPort", 0)
        .put("TCPPort", 0)
        .put("HTTPPort", 18030)
        .put("RPCPort", 0);
  }

  private static ObjectNode defaultQos() {
    return Json.object()
        .put("Enable", false)
        .put("Network", "udp")
        .put("Addr", "")
        .put("Tag", "ppioqos")
        .put("Dir", "")
        .put("MaxLinePerFile", 2000)
        .put("HTTPTimeout", 1000)
        .put("DirectToFile", false);
  }

  /// The document as it is written to disk.
  public byte[] toBytes() {
    return (Json.pretty(document) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /// Every setting with its effective value, secrets blanked.
  public ObjectNode effective() {
    ObjectNode shown = document.deepCopy();
    PossConfig copy = new PossConfig(shown);
    for (Setting setting : Setting.values()) {
      boolean structured =
          setting.kind() == Setting.Kind.ARRAY || setting.kind() == Setting.Kind.OBJECT;
      if (setting.secret()) {
        copy.set(setting, defaultNode(Setting.LOG_DIR));
      } else if (structured) {
        copy.set(setting, node(setting).isContainer() ? node(setting) : defaultNode(setting));
      } else {
        copy.set(setting, Json.object().put("v", text(setting)).path("v"));
      }
    }
    return shown;
  }
}
