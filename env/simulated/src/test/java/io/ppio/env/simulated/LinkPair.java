package io.ppio.env.simulated;

import io.ppio.env.Clock;
import io.ppio.env.Link;
import io.ppio.env.Links;
import io.ppio.env.simulated.fixtures.PlainIdentity;
import io.ppio.env.simulated.fixtures.TwoNodes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Two nodes with one link between them, each end in the hands of one task.
final class LinkPair extends TwoNodes {
  static final int PORT = 700;

  private @Nullable Clock serverClock;
  private int ended;

  interface End {
    void use(Link link) throws Exception;
  }

  LinkPair(long seed, SimConfig config) {
    super(seed, config);
  }

  static LinkPair calm(long seed) {
    return new LinkPair(seed, SimConfig.calm());
  }

  Clock serverClock() {
    return Objects.requireNonNull(serverClock);
  }

  /// Gives each end its link, and fails unless both come to their end within a virtual hour.
  void run(End accepting, End dialling) {
    server()
        .start(env -> {
          serverClock = env.clock();
          try (Links.Listener listener =
                  env.links().listen(new InetSocketAddress(PORT), new PlainIdentity("server"));
              Link link = listener.accept()) {
            accepting.use(link);
          }
          ended++;
        });
    client()
        .start(env -> {
          env.clock().sleep(Duration.ofMillis(1));
          try (Link link =
              env.links()
                  .dial(server().at(PORT), new PlainIdentity("client"), Duration.ofMinutes(1))) {
            dialling.use(link);
          }
          ended++;
        });
    world().expect(RunEnd.DONE, world().runUntil(() -> ended == 2, Duration.ofHours(1)));
    world().close();
  }
}
