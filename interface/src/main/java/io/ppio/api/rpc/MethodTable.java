package io.ppio.api.rpc;

import io.ppio.node.user.UserFailure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The methods of one service by name: matched exactly first, then ASCII case-insensitively.
///
/// Filled while the service is built, read by any number of requests after that.
final class MethodTable {
  /// What a method does with its parameters.
  @FunctionalInterface
  interface Body {
    JsonNode call(Params params) throws UserFailure, RpcError;
  }

  /// One method.
  record Entry(Signature signature, Body body) {}

  private final Map<String, Entry> exact = new LinkedHashMap<>();
  private final Map<String, Entry> folded = new LinkedHashMap<>();

  /// Adds a method.
  ///
  /// @param signature parameter names in order, as [Signature#of] reads them
  MethodTable add(String name, String signature, Body body) {
    Entry entry = new Entry(Signature.of(signature), body);
    exact.put(name, entry);
    folded.put(name.toLowerCase(Locale.ROOT), entry);
    return this;
  }

  Optional<Entry> find(String name) {
    Entry entry = exact.get(name);
    return Optional.ofNullable(entry != null ? entry : folded.get(name.toLowerCase(Locale.ROOT)));
  }
}
