package io.ppio.network.transport;

import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Deadline;
import io.ppio.env.Env;
import io.ppio.network.peer.AddressTable;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/// A node's tunnels to all other nodes, and the way to ask them something.
///
/// Calls block the calling task. Tunnels are made on demand, kept, shared by all callers and closed
/// when idle. To one peer there are several tunnels: tunnel 0 carries control messages, the others
/// pieces, so that pieces never delay control (network specification 2.5).
///
/// Safe for use by any number of tasks; closing it ends every exchange.
public final class Peers implements AutoCloseable {
  /// Requests larger than this keep off the control tunnel.
  private static final int CONTROL_MAX = 16 << 10;

  private final LocalNode local;
  private final TunnelTable table;
  private final Admission admission;
  private final Dialler dialler;
  private final Acceptor acceptor;

  /// Starts the node's tunnels; nothing is listened to or dialled yet.
  ///
  /// @param record the node's own signed record as it is now; asked for with every greeting
  public Peers(
      Env env,
      NodeIdentity identity,
      PeersConfig config,
      Services services,
      Supplier<PeerRecord> record) {
    this.local = new LocalNode(env, identity, config, record);
    this.table = new TunnelTable(local.clock(), config);
    this.admission = new Admission(local, services, table);
    this.dialler = new Dialler(local, table, admission);
    this.acceptor = new Acceptor(local, admission);
    local.tasks().serve("sweep", new SweepJob(local.clock(), config.idleAfter(), table)::run);
  }

  /// Accepts links at `bind`; port 0 means any free one. Called while the node starts.
  ///
  /// @return the bound address
  /// @throws java.net.BindException when the address is taken or not ours
  public InetSocketAddress listen(InetSocketAddress bind) throws IOException {
    return acceptor.listen(bind);
  }

  /// Asks `to` and waits for its answer.
  ///
  /// Asks once more when the tunnel turns out to be dead and the method may be repeated.
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
        (tunnel, m, b, o, deadline) -> {
          tunnel.oneway(m, b, o, deadline);
          return tunnel;
        });
  }

  @FunctionalInterface
  private interface Sending<T> {
    T over(Tunnel tunnel, Method method, Bytes body, CallOptions options, Deadline deadline)
        throws CallFailed, InterruptedException;
  }

  private <T> T counted(
      Contact to, Method method, Bytes body, CallOptions options, Sending<T> sending)
      throws CallFailed, InterruptedException {
    local.count(TransportCounter.CALLS);
    long trace = options.trace() == 0 ? local.freshTrace() : options.trace();
    try {
      return send(to, method, body, options.trace(trace), sending);
    } catch (CallFailed e) {
      local.count(TransportCounter.CALLS_FAILED);
      local.log().callFailed(method, to.id(), trace, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private <T> T send(Contact to, Method method, Bytes body, CallOptions options, Sending<T> sending)
      throws CallFailed, InterruptedException {
    Clock clock = local.clock();
    Deadline deadline = clock.in(options.within().orElse(method.deadline()));
    if (deadline.passed()) {
      throw new CallFailed(Status.DEADLINE, "no time is left");
    }
    int size = body.size() + options.payload().remaining();
    boolean bulk = method.bulk() || size > CONTROL_MAX;
    Tunnel tunnel = dialler.tunnel(to, bulk, deadline);
    try {
      return sending.over(tunnel, method, body, options, deadline);
    } catch (CallFailed e) {
      boolean dead = e.status() == Status.UNAVAILABLE && tunnel.mux().end().isPresent();
      if (!dead || !method.idempotent() || deadline.passed()) {
        throw e;
      }
      return sending.over(dialler.tunnel(to, bulk, deadline), method, body, options, deadline);
    }
  }

  /// Greets all neighbours again, because the own record is new: a busy tunnel may live longer than
  /// the record with which it began.
  public void greetAgain() {
    admission.greetAgain();
  }

  /// The tunnels there are now.
  public List<TunnelView> tunnels() {
    return table.all().stream().map(Tunnel::view).toList();
  }

  /// Where peers were met; callers may add records they have checked.
  public AddressTable addressBook() {
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

  /// Ends all tunnels and tasks. Idempotent.
  @Override
  public void close() {
    acceptor.close();
    admission.close();
    local.tasks().close();
  }
}
