package io.ppio.api.rpc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who may talk to a listener: the Host, Origin and token rules of interface specification 1.1.
///
/// A browser that visits a hostile page can be made to send requests to loopback; a page cannot
/// choose its `Origin`, and a name rebound to 127.0.0.1 shows in `Host`. Both are looked at before
/// a byte of the body is read. Immutable.
///
/// @param hosts further host names that may stand in `Host`
/// @param origins further origins that may call
/// @param token what `Authorization: Bearer` must carry; empty if nothing
record RequestGuard(List<String> hosts, List<String> origins, Optional<String> token) {
  /// What a request says of itself; header values as they were sent.
  record Caller(
      String method,
      Optional<String> host,
      Optional<String> origin,
      Optional<String> fetchSite,
      Optional<String> fetchMode,
      Optional<String> authorization) {}

  /// A refusal.
  record Refusal(int status, String reason) {}

  RequestGuard {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
  }

  /// Why the request must not be served; empty if it may.
  ///
  /// @param scheme `http` or `https`, as the listener speaks it
  Optional<Refusal> refusal(Caller caller, String scheme) {
    if (caller.host().isPresent() && !hostAllowed(caller.host().get())) {
      return Optional.of(new Refusal(421, "this name is not served here"));
    }
    if (caller.origin().isPresent() && !originAllowed(caller, scheme)) {
      return Optional.of(new Refusal(403, "origin not allowed"));
    }
    boolean topLevelGet =
        caller.method().equals("GET") && caller.fetchMode().filter("navigate"::equals).isPresent();
    if (caller.fetchSite().filter("cross-site"::equals).isPresent()
        && !topLevelGet
        && caller.origin().filter(origins::contains).isEmpty()) {
      return Optional.of(new Refusal(403, "cross-site request"));
    }
    if (token.isPresent() && !bearer(caller)) {
      return Optional.of(new Refusal(401, "a bearer token is needed"));
    }
    return Optional.empty();
  }

  private boolean originAllowed(Caller caller, String scheme) {
    String origin = caller.origin().orElseThrow();
    return caller.host().filter(host -> origin.equals(scheme + "://" + host)).isPresent()
        || origins.contains(origin);
  }

  private boolean bearer(Caller caller) {
    String wanted = "Bearer " + token.orElseThrow();
    String given = caller.authorization().orElse("");
    return MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private boolean hostAllowed(String value) {
    String name = withoutPort(value).toLowerCase(Locale.ROOT);
    return name.startsWith("[")
        || isIpv4(name)
        || name.equals("localhost")
        || name.endsWith(".localhost")
        || hosts.contains(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean isIpv4(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
