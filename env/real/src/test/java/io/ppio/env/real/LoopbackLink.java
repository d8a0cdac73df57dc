package io.ppio.env.real;

import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Links.Listener;
import io.ppio.env.simulated.fixtures.KeyedIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/// Two ends of one link over the loopback interface.
record LoopbackLink(Link dialler, Link acceptor) implements AutoCloseable {
  static final KeyedIdentity ALICE = new KeyedIdentity(1);
  static final KeyedIdentity BOB = new KeyedIdentity(2);
  static final Duration PATIENCE = Duration.ofSeconds(20);

  static Env env() {
    return new RealEnv("test", Path.of("."), new RecordedLog());
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static LoopbackLink open() throws IOException, InterruptedException {
    Env env = env();
    try (Listener listener = env.links().listen(anyPort(), BOB)) {
      Link dialler = env.links().dial(listener.address(), ALICE, PATIENCE);
      return new LoopbackLink(dialler, listener.accept());
    }
  }

  @Override
  public void close() {
    dialler.close();
    acceptor.close();
  }
}
