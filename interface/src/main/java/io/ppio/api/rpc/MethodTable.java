package io.ppio.api.rpc;

import io.ppio.node.user.api.UserFailure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The methods of one service by name: matched exactly first, then ASCII case-insensitively.
///
/// Filled while the service is built, read by any number of requests after that.
final class MethodTable {
  /// What a method does with its parameters.
  @FunctionalInterface
  interface Body {
    JsonNode call(RpcParameters params) throws UserFailure, RpcError;
  }

  /// What a method does whose result is an array of any length.
  @FunctionalInterface
  interface Listing {
    /// @param each takes the elements in order
    void list(RpcParameters params, Consumer<JsonNode> each) throws UserFailure, RpcError;
  }

  /// What is done for a call.
  @FunctionalInterface
  interface Work {
    void run(RpcParameters params, ResultWriter result) throws UserFailure, RpcError;
  }

  /// One method.
  record Entry(Signature signature, Work work) {}

  private final Map<String, Entry> exact = new LinkedHashMap<>();
  private final Map<String, Entry> folded = new LinkedHashMap<>();

  /// Adds a method.
  ///
  /// @param signature parameter names in order, as [Signature#of] reads them
  MethodTable add(String name, String signature, Body body) {
    return put(name, signature, (params, result) -> result.whole(body.call(params)));
  }

  /// Adds a method whose result is written element by element.
  ///
  /// @param signature as for [#add]
  MethodTable addListing(String name, String signature, Listing listing) {
    return put(
        name,
        signature,
        (params, result) -> {
          listing.list(params, result::element);
          result.endElements();
        });
  }

  private MethodTable put(String name, String signature, Work work) {
    Entry entry = new Entry(Signature.of(signature), work);
    exact.put(name, entry);
    folded.put(name.toLowerCase(Locale.ROOT), entry);
    return this;
  }

  Optional<Entry> find(String name) {
    Entry entry = exact.get(name);
    return Optional.ofNullable(entry != null ? entry : folded.get(name.toLowerCase(Locale.ROOT)));
  }
}
