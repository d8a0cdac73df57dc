package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.fixtures.TwoNodes;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.wire.Method;
import java.time.Duration;

/// A world with a node `server` that serves and a node `client` that runs a script.
final class PeersFixture extends TwoNodes implements AutoCloseable {
  static final int PORT = 8050;
  static final Duration LIMIT = Duration.ofMinutes(5);

  private boolean done;

  /// What a node does with its tunnels.
  @FunctionalInterface
  interface PeersScript {
    void run(Env env, Peers peers) throws Exception;
  }

  /// What a node answers, given what it may do to the world.
  @FunctionalInterface
  interface Serving {
    Services with(Env env);
  }

  PeersFixture(long seed, SimConfig config) {
    super(seed, config);
  }

  /// How `node` is reached by others.
  static Contact contact(SimNode node) {
    return Contact.of(TestNodes.identity(node.name()).peerId(), node.at(PORT));
  }

  Contact theServer() {
    return contact(server());
  }

  /// Lets `node` listen with `services` until it is stopped.
  void serve(SimNode node, PeersConfig config, Serving serving) {
    node.start(env -> {
      try (Peers peers =
          TestNodes.peers(env, node.name(), node.at(PORT), serving.with(env), config)) {
        peers.listen(node.at(PORT));
        env.clock().sleep(Duration.ofDays(1));
      }
    });
  }

  /// Lets the server listen and serve.
  void serve(Serving serving) {
    serve(server(), TestNodes.config(), serving);
  }

  /// Runs `script` on the client to its end.
  void ask(PeersScript script) {
    ask(TestNodes.config(), script);
  }

  /// Runs `script` on the client, which has `config`, to its end.
  void ask(PeersConfig config, PeersScript script) {
    client()
        .start(env -> {
          try (Peers peers =
              TestNodes.peers(env, "client", client().at(PORT), new Services(), config)) {
            script.run(env, peers);
            done = true;
          }
        });
    world().expect(RunEnd.DONE, world().runUntil(() -> done, LIMIT));
  }

  /// How a call of `method` without a body fails.
  static CallFailed failure(Peers peers, Contact to, Method method, CallOptions options) {
    return assertThrows(CallFailed.class, () -> peers.call(to, method, Bytes.EMPTY, options));
  }

  static CallFailed failure(Peers peers, Contact to, Method method) {
    return failure(peers, to, method, CallOptions.DEFAULT);
  }

  @Override
  public void close() {
    world().close();
  }
}
