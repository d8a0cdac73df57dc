package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Links;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.fixtures.PlainIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// A small busy world with every kind of event in it; run as a program it prints its trace hash.
final class TraceProbe {
  private static final int PORT = 700;
  private static final int SERVERS = 3;

  private TraceProbe() {}

  /// @param args the seed
  public static void main(String[] args) {
    System.out.println(hash(Long.parseLong(args[0])));
  }

  static String hash(long seed) {
    try (SimWorld world = new SimWorld(seed, SimConfig.rough())) {
      for (int i = 0; i < SERVERS; i++) {
        SimNode server = world.node("server" + i);
        server.start(TraceProbe::serve);
        world.at(Duration.ofMillis(2000 + 700 * i), () -> server.restart(TraceProbe::serve));
      }
      for (int i = 0; i < 6; i++) {
        world.node("client" + i).start(env -> ask(env, world));
      }
      world.runUntil(Duration.ofSeconds(6));
      world
          .failure()
          .ifPresent(reason -> {
            throw new AssertionError(world.describe());
          });
      return world.traceHash().hex();
    }
  }

  private static void serve(Env env) throws Exception {
    try (Store store = env.disk().openStore(Path.of("/state"));
        Links.Listener listener =
            env.links().listen(new InetSocketAddress(PORT), new PlainIdentity("server"));
        Tasks tasks = env.tasks("serve")) {
      while (true) {
        Link link = listener.accept();
        tasks.serve("peer", () -> answer(env, store, link));
      }
    }
  }

  private static void answer(Env env, Store store, Link link) throws Exception {
    try (link) {
      ByteBuffer buffer = ByteBuffer.allocate(1000);
      while (link.read(buffer.clear()) >= 0) {
        Bytes bytes = Bytes.of(buffer.array(), 0, buffer.position());
        store.commit(
            new StoreBatch().put(bytes, bytes),
            buffer.get(0) % 2 == 0 ? Store.Durability.SYNCED : Store.Durability.UNSYNCED);
        env.disk().createFolders(Path.of("/files"));
        try (var file = env.disk().open(Path.of("/files/" + bytes.at(0)), Disk.Mode.CREATE)) {
          file.write(buffer.flip(), 0);
        }
        link.write(ByteBuffer.wrap(new byte[] {1}));
      }
    }
  }

  private static void ask(Env env, SimWorld world) throws Exception {
    RandomGenerator random = env.random("ask");
    while (true) {
      SimNode server = world.node("server" + random.nextInt(SERVERS));
      try (Link link =
          env.links().dial(server.at(PORT), new PlainIdentity("client"), Duration.ofSeconds(3))) {
        byte[] question = new byte[1 + random.nextInt(1000)];
        random.nextBytes(question);
        link.write(ByteBuffer.wrap(question));
        int answered = link.read(ByteBuffer.allocate(1));
        env.log().info("answered", "bytes", answered);
      } catch (IOException e) {
        env.log().warn("failed", "reason", e.toString());
        env.clock().sleep(Duration.ofMillis(100));
      }
    }
  }
}
