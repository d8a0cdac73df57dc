package io.ppio.api.devnet;

import io.ppio.env.Counter;
import io.ppio.network.transport.TransportCounter;
import io.ppio.node.bootstrap.BootstrapCounter;
import io.ppio.node.indexer.IndexerCounter;
import io.ppio.node.miner.MinerCounter;
import io.ppio.node.user.UserCounter;
import io.ppio.node.verifier.VerifierCounter;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The counters of a role put into words for people.
public final class RoleCounters {
  private RoleCounters() {}

  /// A line for each figure of `status` that is not zero: label, value, unit and meaning.
  ///
  /// @param role as `devnet.json` names it
  public static List<String> lines(String role, JsonNode status) {
    return Stream.concat(ofRole(role), Stream.of(TransportCounter.values()))
        .filter(counter -> status.path(counter.label()).asLong(0) != 0)
        .map(counter ->
            "  %-22s %12d %s: %s"
                .formatted(
                    counter.label(),
                    status.path(counter.label()).asLong(0),
                    counter.unit(),
                    counter.meaning()))
        .toList();
  }

  private static Stream<Counter> ofRole(String role) {
    return switch (role) {
      case "bootstrap" -> Stream.of(BootstrapCounter.values());
      case "indexer" -> Stream.of(IndexerCounter.values());
      case "verifier" -> Stream.of(VerifierCounter.values());
      case "miner" -> Stream.of(MinerCounter.values());
      default -> Stream.of(UserCounter.values());
    };
  }
}
