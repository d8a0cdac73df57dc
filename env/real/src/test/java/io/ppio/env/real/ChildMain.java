package io.ppio.env.real;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.Link;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What the other process of a test does. It prints a line when it has got somewhere and is killed.
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    Env env = new RealEnv("child", Path.of(arguments[1]), new RecordedLog());
    switch (arguments[0]) {
      case "lock" -> lock(env);
      case "dial" -> dial(env, Integer.parseInt(arguments[2]));
      case "commit" -> commit(env);
      case "everything" -> everything(env);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void untilKilled(Env env) throws InterruptedException {
    env.clock().sleep(java.time.Duration.ofDays(1));
  }

  private static void lock(Env env) throws Exception {
    try (var _ = env.disk().lock(Path.of(""))) {
      say("locked");
      untilKilled(env);
    } catch (FolderInUse e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private static void dial(Env env, int port) throws Exception {
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Link link = env.links().dial(to, LoopbackLink.ALICE, LoopbackLink.PATIENCE);
    link.write(ByteBuffer.allocate(5));
    untilKilled(env);
  }

  private static void commit(Env env) throws Exception {
    Store store = env.disk().openStore(Path.of("store"));
    for (int i = 0; ; i++) {
      Bytes number = Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(i).array());
      store.commit(new StoreBatch().put(number, number), Durability.SYNCED);
      say(String.valueOf(i));
    }
  }

  private static void everything(Env env) throws Exception {
    Store store = env.disk().openStore(Path.of("store"));
    store.commit(new StoreBatch().put(Bytes.EMPTY, Bytes.EMPTY), Durability.SYNCED);
    try (LoopbackLink pair = LoopbackLink.open()) {
      pair.dialler().write(ByteBuffer.allocate(1));
      pair.acceptor().read(ByteBuffer.allocate(1));
      say("ready");
      untilKilled(env);
    }
  }
}
