package io.ppio.network.transport;

import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Tasks;
import io.ppio.network.peer.AddressTable;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Hello;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// What the parts of [Peers] share: who this node is, and where its tasks run.
final class LocalNode {
  private static final Duration CLOCK_WARNING = Duration.ofMinutes(10);
  private static final int KNOWN_PEERS_MAX = 20_000;

  private final Env env;
  private final NodeIdentity identity;
  private final PeersConfig config;
  private final Supplier<PeerRecord> record;
  private final Tasks tasks;
  private final AddressTable book;
  private final Counters<TransportCounter> counters = new Counters<>(TransportCounter.class);
  private final TransportLog log;
  private final AtomicLong traces;
  private final Greeting greeting;

  LocalNode(Env env, NodeIdentity identity, PeersConfig config, Supplier<PeerRecord> record) {
    this.env = env;
    this.identity = identity;
    this.config = config;
    this.record = record;
    this.tasks = env.tasks("peers");
    this.book = new AddressTable(env.clock(), KNOWN_PEERS_MAX, config.lan());
    this.log = new TransportLog(env.log());
    this.traces = new AtomicLong(env.random("trace").nextLong());
    this.greeting = new Greeting(env.clock(), config.network());
  }

  Env env() {
    return env;
  }

  Clock clock() {
    return env.clock();
  }

  NodeIdentity identity() {
    return identity;
  }

  PeerId id() {
    return identity.peerId();
  }

  PeersConfig config() {
    return config;
  }

  Tasks tasks() {
    return tasks;
  }

  AddressTable book() {
    return book;
  }

  Counters<TransportCounter> counters() {
    return counters;
  }

  /// A number by which the logs of several nodes tell what belongs together; never 0.
  long freshTrace() {
    return traces.incrementAndGet() | 1L << 63;
  }

  /// Counts one more.
  void count(TransportCounter counter) {
    counters.count(counter);
  }

  TransportLog log() {
    return log;
  }

  Greeting greeting() {
    return greeting;
  }

  /// What this node says first on `link`.
  Hello hello(Link link, TunnelId id) {
    PeerRecord own = record.get();
    return new Hello(
        config.network(),
        Hello.PROTOCOL,
        Hello.PROTOCOL,
        config.software(),
        own,
        Endpoint.tcp(Endpoint.Kind.DIRECT_OBSERVED, link.remote()),
        own.capabilities(),
        env.clock().wallMillis(),
        id.index(),
        id.group(),
        config.inflightMax());
  }

  /// Starts the two tasks of `link`.
  Mux start(Link link) {
    Mux mux = new Mux(env.clock(), link, counters);
    tasks.serve("link-write", mux::write);
    tasks.serve("link-read", new MuxReader(mux)::run);
    return mux;
  }

  /// Tells the operator when the clock of a peer is far from ours: one of them is wrong.
  void warnOfClock(Hello theirs) {
    Duration skew = greeting.skew(theirs);
    if (skew.compareTo(CLOCK_WARNING) > 0) {
      log.clockApart(theirs.record().peerId(), skew);
    }
  }
}
