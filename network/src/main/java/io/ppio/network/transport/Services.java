package io.ppio.network.transport;

import io.ppio.env.Check;
import io.ppio.network.wire.Method;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/// What a node answers: one [Service] a method.
///
/// Filled by the roles while the node starts. Safe for use by any number of tasks.
public final class Services {
  private final ConcurrentMap<Method, Service> byMethod = new ConcurrentHashMap<>();

  /// Lets `service` answer `method`.
  ///
  /// @throws IllegalStateException when another does already
  public Services add(Method method, Service service) {
    Check.that(byMethod.putIfAbsent(method, service) == null, method + " is served already");
    return this;
  }

  /// Puts `around` between the callers of `method` and the service that answers it.
  ///
  /// @throws IllegalStateException when none does
  public Services wrap(Method method, UnaryOperator<Service> around) {
    Check.that(
        byMethod.computeIfPresent(method, (_, service) -> around.apply(service)) != null,
        method + " is not served");
    return this;
  }

  Optional<Service> find(Method method) {
    return Optional.ofNullable(byMethod.get(method));
  }
}
