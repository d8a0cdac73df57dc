package io.ppio.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The Host, Origin and token rules of interface specification 1.1, conformance case 43.
class RequestGuardTest {
  private static final RequestGuard OPEN =
      new RequestGuard(List.of("node.example"), List.of("http://app.example"), Optional.empty());
  private static final RequestGuard TOKEN =
      new RequestGuard(List.of(), List.of(), Optional.of("00ff"));

  private static RequestGuard.Caller caller(String host, String origin) {
    return new RequestGuard.Caller(
        "POST",
        Optional.of(host).filter(h -> !h.isEmpty()),
        Optional.of(origin).filter(o -> !o.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static int status(RequestGuard guard, RequestGuard.Caller caller) {
    return guard.refusal(caller, "http").map(RequestGuard.Refusal::status).orElse(200);
  }

  @Test
  void namesThatCouldBeReboundAreMisdirected() {
    assertEquals(421, status(OPEN, caller("evil.example", "")));
    assertEquals(421, status(OPEN, caller("evil.example:18060", "")));
    assertEquals(421, status(OPEN, caller("127.0.0.1.evil.example", "")));
    assertEquals(421, status(OPEN, caller("256.0.0.1", "")));
  }

  @Test
  void addressesLocalNamesAndListedNamesAreServed() {
    for (String host :
        List.of(
            "127.0.0.1:18060", "[::1]:18060", "localhost", "a.localhost:1", "node.example", "")) {
      assertEquals(200, status(OPEN, caller(host, "")), host);
    }
  }

  @Test
  void foreignOriginsAreForbiddenAndTheOwnOneIsNot() {
    assertEquals(403, status(OPEN, caller("127.0.0.1:18060", "http://evil.example")));
    assertEquals(403, status(OPEN, caller("127.0.0.1:18060", "null")));
    assertEquals(403, status(OPEN, caller("127.0.0.1:18060", "http://127.0.0.1:18061")));
    assertEquals(403, status(OPEN, caller("127.0.0.1:18060", "https://127.0.0.1:18060")));
    assertEquals(200, status(OPEN, caller("127.0.0.1:18060", "http://127.0.0.1:18060")));
    assertEquals(200, status(OPEN, caller("127.0.0.1:18060", "http://app.example")));
  }

  @Test
  void crossSiteRequestsPassOnlyAsTopLevelNavigation() {
    RequestGuard.Caller post =
        new RequestGuard.Caller(
            "POST",
            Optional.of("localhost"),
            Optional.empty(),
            Optional.of("cross-site"),
            Optional.empty(),
            Optional.empty());
    RequestGuard.Caller navigation =
        new RequestGuard.Caller(
            "GET",
            Optional.of("localhost"),
            Optional.empty(),
            Optional.of("cross-site"),
            Optional.of("navigate"),
            Optional.empty());
    assertEquals(403, status(OPEN, post));
    assertEquals(200, status(OPEN, navigation));
  }

  @Test
  void tokenIsDemandedWhole() {
    RequestGuard.Caller without = caller("localhost", "");
    RequestGuard.Caller with =
        new RequestGuard.Caller(
            "POST",
            Optional.of("localhost"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Bearer 00ff"));
    assertEquals(401, status(TOKEN, without));
    assertEquals(200, status(TOKEN, with));
  }
}
