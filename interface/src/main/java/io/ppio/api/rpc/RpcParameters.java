package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import io.ppio.node.user.api.UserFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The parameters of one call, positional or named, with the coercions of interface specification
/// 1.2.
///
/// A missing element, `null` and `""` all mean *undefined*. Owned by one request.
final class RpcParameters {
  /// Digits a number in text may have: more than any amount of wei.
  private static final int DIGITS_MAX = 60;

  private final JsonNode given;
  private final Signature signature;
  private final boolean remote;

  /// @param given an array, an object, or a null node
  /// @param remote whether the caller is on another machine
  RpcParameters(JsonNode given, Signature signature, boolean remote) {
    this.given = given;
    this.signature = signature;
    this.remote = remote;
  }

  /// Whether the caller is on another machine.
  boolean remote() {
    return remote;
  }

  private Optional<JsonNode> find(String name) {
    Signature.Parameter parameter = signature.parameter(name);
    JsonNode value =
        given.isArray()
            ? given.path(parameter.position())
            : given.isObject() ? byName(parameter) : given.path(name);
    boolean undefined =
        value.isMissingNode()
            || value.isNull()
            || (value.isString() && value.stringValue().isEmpty());
    return undefined ? Optional.empty() : Optional.of(value);
  }

  private JsonNode byName(Signature.Parameter parameter) {
    for (String alias : parameter.names()) {
      if (given.has(alias)) {
        return given.path(alias);
      }
    }
    return given.path(parameter.names().getFirst());
  }

  /// Text as it was sent; a number becomes its decimal text.
  Optional<String> text(String name) throws RpcError {
    Optional<JsonNode> value = find(name);
    if (value.isPresent() && (value.get().isContainer() || value.get().isBoolean())) {
      throw uncoercible(name, "a string");
    }
    return value.map(JsonNode::asString);
  }

  /// Text, or an option error that names the parameter.
  String requiredText(String name) throws RpcError, UserFailure {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      throw UserFailure.illegalOption(name, "required");
    }
    return value.get();
  }

  /// An integral number or its decimal text.
  Optional<BigInteger> integer(String name) throws RpcError, UserFailure {
    Optional<JsonNode> value = find(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = value.get();
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      if (number.precision() - number.scale() > DIGITS_MAX
          || number.stripTrailingZeros().scale() > 0) {
        throw UserFailure.illegalOption(name, "not an integer");
      }
      return Optional.of(number.toBigIntegerExact());
    }
    if (!node.isString()) {
      throw uncoercible(name, "an integer");
    }
    String text = node.stringValue();
    if (text.length() > DIGITS_MAX || !text.matches("[+-]?[0-9]+")) {
      throw UserFailure.illegalOption(name, "not an integer");
    }
    return Optional.of(new BigInteger(text));
  }

  /// An integer that fits an `int`; 0 counts as undefined where `zeroIsUndefined`.
  Optional<Integer> smallInteger(String name, boolean zeroIsUndefined)
      throws RpcError, UserFailure {
    Optional<BigInteger> value = integer(name);
    if (value.isPresent() && value.get().bitLength() > 31) {
      throw UserFailure.illegalOption(name, "out of range");
    }
    return value.map(BigInteger::intValueExact).filter(number -> !(zeroIsUndefined && number == 0));
  }

  /// A non-negative amount.
  Optional<BigInteger> amount(String name) throws RpcError, UserFailure {
    Optional<BigInteger> value = integer(name);
    if (value.isPresent() && value.get().signum() < 0) {
      throw UserFailure.illegalOption(name, "must not be negative");
    }
    return value;
  }

  /// A boolean or its text.
  Optional<Boolean> flag(String name) throws RpcError, UserFailure {
    Optional<JsonNode> value = find(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().isBoolean()) {
      return Optional.of(value.get().booleanValue());
    }
    if (!value.get().isString()) {
      throw uncoercible(name, "a boolean");
    }
    return switch (value.get().stringValue().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw UserFailure.illegalOption(name, "neither true nor false");
    };
  }

  /// A day or an RFC 3339 instant.
  Optional<Instant> date(String name) throws RpcError, UserFailure {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> date = Json.parseDate(value.get());
    if (date.isEmpty()) {
      throw UserFailure.illegalOption(name, "neither YYYY-MM-DD nor an RFC 3339 time");
    }
    return date;
  }

  private static RpcError uncoercible(String name, String wanted) {
    return RpcError.protocol(
        RpcError.INVALID_PARAMS, "invalid params: " + name + " must be " + wanted);
  }
}
