package io.ppio.network.transport;

import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Deadline;
import io.ppio.env.Env;
import io.ppio.network.peer.AddressBook;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// A node's connections to all other nodes, and the way to ask them something.
///
/// Calls block the calling task. Connections are made on demand, kept, shared by all callers and
/// closed when idle. To one peer there are several tunnels: tunnel 0 carries control messages, the
/// others pieces, so that pieces never delay control (network specification 2.5).
///
/// Safe for use by any number of tasks; closing it ends every exchange.
public final class Peers implements AutoCloseable {
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

  /// Requests larger than this keep off the control tunnel.
  private static final int CONTROL_MAX = 16 << 10;

  private final LocalNode local;
  private final TunnelTable roster;
  private final Dialler dialler;
  private final Acceptor reception;

  /// Starts the node's connections; nothing is listened to or dialled yet.
  ///
  /// @param record the node's own signed record as it is now; asked for with every greeting
  public Peers(
      Env env,
      NodeIdentity identity,
      PeersConfig config,
      Services services,
      Supplier<PeerRecord> record) {
    this.local = new LocalNode(env, identity, config, record);
    this.roster = new TunnelTable(local, services);
    this.dialler = new Dialler(local, roster);
    this.reception = new Acceptor(local, roster);
    local.tasks().serve("sweep", this::sweep);
  }

  private void sweep() throws InterruptedException {
    while (true) {
      local.clock().sleep(SWEEP_EVERY);
      roster.sweep();
    }
  }

  /// Accepts connections at `bind`; port 0 means any free one. Called while the node starts.
  ///
  /// @return the bound address
  /// @throws java.net.BindException when the address is taken or not ours
  public InetSocketAddress listen(InetSocketAddress bind) throws IOException {
    return reception.listen(bind);
  }

  /// Asks `to` and waits for its answer.
  ///
  /// Asks once more when the connection turns out to be dead and the method may be repeated.
  ///
  /// @param body at most [io.ppio.network.wire.Frames#BODY_MAX] bytes (`INDEX` and `PROOF`: 1 MiB)
  /// @throws CallFailed when the peer refuses, cannot be reached, or the deadline passes
  public Reply call(Contact to, Method method, Bytes body, CallOptions options)
      throws CallFailed, InterruptedException {
    return counted(to, method, body, options, Tunnel::call);
  }

  /// Asks `to` for a streamed answer, which the caller closes.
  ///
  /// The deadline holds for the whole stream; a refusal comes with the first [ItemStream#next].
  ///
  /// @throws CallFailed when the peer cannot be reached, or the deadline passes
  public ItemStream stream(Contact to, Method method, Bytes body, CallOptions options)
      throws CallFailed, InterruptedException {
    return counted(to, method, body, options, Tunnel::stream);
  }

  /// Sends `to` a message without an answer; returns when it has left.
  ///
  /// @throws CallFailed when the peer cannot be reached, or the deadline passes
  public void oneway(Contact to, Method method, Bytes body, CallOptions options)
      throws CallFailed, InterruptedException {
    counted(
        to,
        method,
        body,
        options,
        (connection, m, b, o, deadline) -> {
          connection.oneway(m, b, o, deadline);
          return connection;
        });
  }

  @FunctionalInterface
  private interface Sending<T> {
    T over(Tunnel connection, Method method, Bytes body, CallOptions options, Deadline deadline)
        throws CallFailed, InterruptedException;
  }

  private <T> T counted(
      Contact to, Method method, Bytes body, CallOptions options, Sending<T> sending)
      throws CallFailed, InterruptedException {
    local.counters().count(TransportCounter.CALLS);
    try {
      return send(to, method, body, options, sending);
    } catch (CallFailed e) {
      local.counters().count(TransportCounter.CALLS_FAILED);
      throw e;
    }
  }

  private <T> T send(Contact to, Method method, Bytes body, CallOptions options, Sending<T> sending)
      throws CallFailed, InterruptedException {
    Clock clock = local.clock();
    Deadline deadline = clock.in(options.within().isZero() ? method.deadline() : options.within());
    int size = body.size() + options.payload().remaining();
    boolean bulk = method.bulk() || size > CONTROL_MAX;
    Tunnel connection = dialler.connection(to, bulk, deadline);
    try {
      return sending.over(connection, method, body, options, deadline);
    } catch (CallFailed e) {
      boolean dead = e.status() == Status.UNAVAILABLE && connection.mux().end().isPresent();
      if (!dead || !method.idempotent() || deadline.passed()) {
        throw e;
      }
      return sending.over(dialler.connection(to, bulk, deadline), method, body, options, deadline);
    }
  }

  /// Makes sure that there is a connection to `to`.
  ///
  /// @throws CallFailed when the peer cannot be reached within `deadline`
  public void connect(Contact to, Deadline deadline) throws CallFailed, InterruptedException {
    dialler.connection(to, false, deadline);
  }

  /// Keeps connections to `peer` even while nobody uses them, or no longer.
  public void keep(PeerId peer, boolean wanted) {
    roster.on(
        peer,
        remote -> {
          remote.want(wanted);
          return remote;
        });
  }

  /// Counts `points` of misbehaviour of `peer` that a role has noticed: 10 within 10 minutes keep
  /// it out. Never for being slow or silent.
  public void penalise(PeerId peer, int points) {
    roster.penalise(peer, Check.positive(points, "points"));
  }

  /// The time that stamps records, in milliseconds since 1970: the wall clock, corrected where the
  /// peers agree that it is more than ten minutes off.
  public long networkTimeMillis() {
    return local.time().millis();
  }

  /// Ends all connections to `peer`.
  public void disconnect(PeerId peer) {
    for (Tunnel connection : roster.all()) {
      if (connection.peer().equals(peer)) {
        connection.mux().close(Status.UNAVAILABLE, "disconnected by this node");
      }
    }
  }

  /// The connections there are now, one entry each.
  public List<TunnelView> paths() {
    return roster.all().stream()
        .map(c ->
            new TunnelView(
                c.theirs().record(),
                c.mux().link().remote(),
                c.index(),
                c.mux().link().dialled(),
                c.mux().stats()))
        .toList();
  }

  /// Where peers were met; callers may add records they have checked.
  public AddressBook addressBook() {
    return local.book();
  }

  /// What was counted.
  public Counters<TransportCounter> counters() {
    return local.counters();
  }

  /// Who this node is.
  public PeerId id() {
    return local.id();
  }

  /// Ends all connections and tasks. Idempotent.
  @Override
  public void close() {
    reception.close();
    roster.close();
    local.tasks().close();
  }
}
