package io.ppio.node.bootstrap;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.Exchange;
import io.ppio.network.wire.Method;
import io.ppio.node.host.DirectoryAnswer;
import io.ppio.node.host.DirectoryQuery;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Keeps the newest record of each service node that called, and tells everyone.
///
/// A node registers by asking: the record it greeted with is signed and proven by the link. Only
/// nodes that genesis names count as indexers and verifiers, so a stranger cannot fill the
/// directory. Records are stored before they are told, so a restarted node still knows them. Safe
/// for use by any number of tasks.
public final class BootstrapNode implements AutoCloseable {
  private static final Bytes RECORDS = Bytes.of((byte) 'R');

  private final NodeHost host;
  private final Monitor monitor;
  private final Counters<BootstrapCounter> counters = new Counters<>(BootstrapCounter.class);
  private final Map<PeerId, PeerRecord> records = new LinkedHashMap<>();
  private long version;

  private BootstrapNode(NodeHost host) {
    this.host = host;
    this.monitor = new Monitor(host.env().clock());
  }

  /// Starts the node; it serves when this returns.
  public static BootstrapNode start(Env env, HostConfig config) throws IOException {
    NodeHost host = NodeHost.open(env, config);
    try {
      BootstrapNode node = new BootstrapNode(host);
      node.load();
      host.services().add(Method.SERVICE_DIRECTORY, node::answer);
      host.serve();
      return node;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private void load() throws IOException {
    host.store()
        .scanPrefix(
            RECORDS,
            (_, value) -> {
              try {
                PeerRecord record = PeerRecord.decode(value);
                records.put(record.peerId(), record);
                return true;
              } catch (MalformedMessage e) {
                throw new IOException("damaged record in the directory", e);
              }
            });
    version = host.env().clock().wallMillis();
  }

  private void answer(Exchange exchange) throws Exception {
    DirectoryQuery query = DirectoryQuery.decode(exchange.body());
    register(exchange.record());
    List<PeerRecord> found;
    long current;
    try (var _ = monitor.hold()) {
      current = version;
      found =
          query.knownVersion() == current
              ? List.of()
              : current(query.role()).limit(DirectoryAnswer.RECORDS_MAX).toList();
    }
    exchange.reply(DirectoryAnswer.signed(current, found, host.identity().privateKey()).encode());
  }

  private void register(PeerRecord record) throws IOException {
    boolean named =
        host.genesis().nodes().stream()
            .anyMatch(node ->
                node.peer().equals(record.peerId()) && (node.roles() & record.roles()) != 0);
    if (!named || record.endpoints().isEmpty() || !isNewer(record)) {
      return;
    }
    Bytes key = Bytes.of(concat((byte) 'R', record.peerId().bytes()));
    host.store().commit(new StoreBatch().put(key, record.encode()), Store.Durability.SYNCED);
    try (var _ = monitor.hold()) {
      records.put(record.peerId(), record);
      version++;
    }
  }

  private boolean isNewer(PeerRecord record) {
    try (var _ = monitor.hold()) {
      PeerRecord known = records.get(record.peerId());
      return known == null || known.seq() < record.seq();
    }
  }

  private static byte[] concat(byte first, Bytes rest) {
    byte[] whole = new byte[1 + rest.size()];
    whole[0] = first;
    rest.copyTo(whole, 1);
    return whole;
  }

  /// What an operator sees.
  public Counters<BootstrapCounter> status() {
    counters.set(BootstrapCounter.KNOWN_INDEXER, known(NodeRole.INDEXER));
    counters.set(BootstrapCounter.KNOWN_VERIFIER, known(NodeRole.VERIFIER));
    return counters;
  }

  private long known(NodeRole role) {
    try (var _ = monitor.hold()) {
      return current(role.code()).count();
    }
  }

  private Stream<PeerRecord> current(int role) {
    long now = host.env().clock().wallMillis();
    return records.values().stream()
        .filter(record -> (record.roles() & (1 << role)) != 0)
        .filter(record -> record.isCurrent(now));
  }

  /// The node beneath the role.
  public NodeHost host() {
    return host;
  }

  @Override
  public void close() {
    host.close();
  }
}
