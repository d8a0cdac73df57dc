package io.ppio.network.peer;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Check;
import java.net.InetSocketAddress;
import java.util.List;

/// Whom to reach, and where to try.
///
/// @param endpoints best first; may be empty, then only a tunnel that exists can be used
public record Contact(PeerId id, List<Endpoint> endpoints) {
  /// Endpoints of one peer at most.
  public static final int ENDPOINTS_MAX = 16;

  public Contact {
    endpoints = List.copyOf(endpoints);
    Check.range(endpoints.size(), 0, ENDPOINTS_MAX, "endpoints");
  }

  /// The peer `id` at one TCP address.
  public static Contact of(PeerId id, InetSocketAddress tcp) {
    return new Contact(id, List.of(Endpoint.tcp(Endpoint.Kind.DIRECT_LOCAL, tcp)));
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
