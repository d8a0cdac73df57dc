package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Links;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.network.fixtures.TestNodes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Two nodes of a world with one link between them, each with a script.
final class MuxPair implements AutoCloseable {
  private static final int PORT = 1;
  private static final int LINK_BUFFER = 16 << 20;

  private final SimWorld world;
  private final SimNode accepting;
  private final SimNode dialling;
  private int ended;

  /// What one end does with its link.
  @FunctionalInterface
  interface LinkScript {
    void run(Env env, Link link) throws Exception;
  }

  /// What one end does with its multiplexer.
  @FunctionalInterface
  interface MuxScript {
    void run(Clock clock, Tasks tasks, Mux mux) throws Exception;
  }

  /// @param latency each way; what is under way meanwhile is not bounded by the link
  MuxPair(long seed, Duration latency) {
    SimConfig config = SimConfig.calm();
    SimConfig.LinkModel links = config.links().withLatency(latency).withBufferBytes(LINK_BUFFER);
    this.world = new SimWorld(seed, config.with(links));
    this.accepting = world.node("accepting");
    this.dialling = world.node("dialling");
  }

  /// Lets a multiplexer run while `script` does, and a little longer for the other end.
  static LinkScript mux(MuxScript script) {
    return (env, link) -> {
      Mux mux = new Mux(env.clock(), link, new Counters<>(TransportCounter.class));
      try (Tasks tasks = env.tasks("mux")) {
        tasks.serve("write", mux::write);
        tasks.serve("read", () -> new MuxReader(mux).run());
        script.run(env.clock(), tasks, mux);
        env.clock().sleep(Duration.ofSeconds(1));
      }
    };
  }

  /// Runs both scripts to their ends, which must come within `limit`.
  void run(LinkScript atAccepting, LinkScript atDialling, Duration limit) {
    accepting.start(env -> {
      try (Links.Listener listener =
          env.links().listen(accepting.at(PORT), TestNodes.identity("accepting"))) {
        Link link = listener.accept();
        atAccepting.run(env, link);
        ended++;
      }
    });
    dialling.start(env -> {
      Link link =
          env.links()
              .dial(accepting.at(PORT), TestNodes.identity("dialling"), Duration.ofSeconds(5));
      atDialling.run(env, link);
      ended++;
    });
    world.expect(RunEnd.DONE, world.runUntil(() -> ended == 2 || failure() != null, limit));
    Throwable failure = failure();
    if (failure != null) {
      throw new AssertionError(world.describe(), failure);
    }
  }

  private @Nullable Throwable failure() {
    return world.taskFailures().stream()
        .filter(f -> f.task().equals("main"))
        .map(SimWorld.TaskFailure::reason)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    world.close();
  }
}
