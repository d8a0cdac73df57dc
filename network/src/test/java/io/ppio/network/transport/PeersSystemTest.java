package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.wire.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same calls over TLS on loopback, on real threads.
class PeersSystemTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final byte[] PIECE = new byte[128 << 10];
  private static final int ITEMS = 100;

  private final AtomicInteger whole = new AtomicInteger();

  @TempDir Path folder;

  private Env env(String name) {
    return new RealEnv(name, folder, new Slf4jLog(name));
  }

  private static Services services() {
    return new Services()
        .add(Method.SEGMENT_MAP, x -> x.reply(x.body()))
        .add(Method.PUT_PIECE, x -> x.reply(Bytes.EMPTY, x.payload()))
        .add(
            Method.GET_PIECES,
            x -> {
              for (int i = 0; i < ITEMS; i++) {
                x.item(Bytes.EMPTY, ByteBuffer.wrap(PIECE));
              }
              x.end();
            });
  }

  private void exchange(Peers peers, Contact to, int number) throws Exception {
    Bytes body = Bytes.of((byte) number);
    assertEquals(body, peers.call(to, Method.SEGMENT_MAP, body, CallOptions.DEFAULT).body());
    CallOptions piece = CallOptions.DEFAULT.payload(ByteBuffer.wrap(PIECE));
    assertEquals(
        ByteBuffer.wrap(PIECE), peers.call(to, Method.PUT_PIECE, Bytes.EMPTY, piece).payload());
    try (ItemStream items = peers.stream(to, Method.GET_PIECES, body, CallOptions.DEFAULT)) {
      for (int i = 0; i < ITEMS; i++) {
        assertEquals(ByteBuffer.wrap(PIECE), items.next().orElseThrow().payload());
      }
      assertEquals(Optional.empty(), items.next());
    }
    whole.incrementAndGet();
  }

  @Test
  void manyExchangesAtOnceOverTlsAreAllWhole() throws Exception {
    Env env = env("client");
    try (Peers server = TestNodes.peers(env("server"), "server", ANY, services());
        Peers client = TestNodes.peers(env, "client", ANY, new Services());
        Tasks tasks = env.tasks("test")) {
      Contact to = Contact.of(server.id(), server.listen(ANY));
      List<Task> exchanges = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        int number = i;
        exchanges.add(tasks.serve("exchange", () -> exchange(client, to, number)));
      }
      for (Task exchange : exchanges) {
        exchange.join();
      }
      assertEquals(24, whole.get());
      assertEquals(2, client.tunnels().size());
    }
  }
}
