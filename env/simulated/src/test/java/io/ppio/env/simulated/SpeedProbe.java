package io.ppio.env.simulated;

import io.ppio.env.Link;
import io.ppio.env.Links;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.fixtures.PlainIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/// How many messages a second a world carries; run as a program it prints the figure.
final class SpeedProbe {
  private SpeedProbe() {}

  /// @param args number of nodes, seconds of virtual time
  public static void main(String[] args) {
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      long messages = messages(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%d messages, %.2f s, %.0f messages/s%n", messages, seconds, messages / seconds);
    }
  }

  /// Lets each node ask its neighbour without pause.
  static long messages(int nodes, int virtualSeconds) {
    long[] messages = {0};
    SimConfig.LinkModel model =
        SimConfig.LinkModel.standard().withLatency(Duration.ofMillis(20)).withProveKeys(false);
    try (SimWorld world = new SimWorld(1, SimConfig.calm().with(model))) {
      for (int i = 0; i < nodes; i++) {
        int next = (i + 1) % nodes;
        world
            .node("n" + i)
            .start(env -> {
              try (Links.Listener listener =
                      env.links().listen(new InetSocketAddress(700), new PlainIdentity("node"));
                  Tasks tasks = env.tasks("node")) {
                tasks.fork("ask", () -> ask(env.links(), world.node("n" + next), messages));
                while (true) {
                  Link link = listener.accept();
                  tasks.serve("answer", () -> answer(link));
                }
              }
            });
      }
      world.checkEvery(1_000_000);
      world.expect(RunEnd.TIME_LIMIT, world.runUntil(Duration.ofSeconds(virtualSeconds)));
      return messages[0];
    }
  }

  private static void ask(Links links, SimNode to, long[] messages)
      throws IOException, InterruptedException {
    try (Link link = links.dial(to.at(700), new PlainIdentity("asking"), Duration.ofMinutes(1))) {
      ByteBuffer buffer = ByteBuffer.allocate(100);
      while (true) {
        link.write(buffer.clear());
        link.read(buffer.clear());
        messages[0] += 2;
      }
    }
  }

  private static void answer(Link link) throws IOException, InterruptedException {
    try (link) {
      ByteBuffer buffer = ByteBuffer.allocate(100);
      while (link.read(buffer.clear()) > 0) {
        link.write(buffer.clear());
      }
    }
  }
}
