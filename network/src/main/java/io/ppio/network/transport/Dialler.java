package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Backoff;
import io.ppio.env.Bytes;
import io.ppio.env.Deadline;
import io.ppio.env.Link;
import io.ppio.env.Mailbox;
import io.ppio.env.Permits;
import io.ppio.env.Promise;
import io.ppio.env.Tasks;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// Makes tunnels: one dial at a time for each tunnel of a peer, others wait for its outcome.
final class Dialler {
  /// Time for one address.
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  /// Time for all addresses of a peer.
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /// How long one address is tried alone.
  private static final Duration STAGGER = Duration.ofMillis(250);

  /// How long an address of another network is left alone.
  private static final Duration OTHER_NETWORK = Duration.ofHours(1);

  /// Dials under way at once (network specification 2.4).
  static final int DIALS_MAX = 32;

  private final LocalNode local;
  private final TunnelTable table;
  private final Admission admission;
  private final Permits dials;

  Dialler(LocalNode local, TunnelTable table, Admission admission) {
    this.local = local;
    this.table = table;
    this.admission = admission;
    this.dials = new Permits(local.clock(), DIALS_MAX);
  }

  /// A tunnel to `to` that fits, made if there is none.
  ///
  /// @param bulk for pieces; where no tunnel for them can be made the control tunnel serves
  Tunnel tunnel(Contact to, boolean bulk, Deadline deadline)
      throws CallFailed, InterruptedException {
    if (to.id().equals(local.id())) {
      throw new CallFailed(Status.UNAVAILABLE, "that is this node itself");
    }
    long now = local.clock().nanos();
    if (table.on(to.id(), state -> state.banned(now))) {
      throw new CallFailed(Status.FORBIDDEN, "the peer is kept out for its behaviour");
    }
    Tunnel control = control(to, deadline);
    if (!bulk) {
      return control;
    }
    Bulk choice = table.on(to.id(), this::choose);
    if (choice.tunnel().isPresent() || choice.index() == 0) {
      return choice.tunnel().orElse(control);
    }
    try {
      return dial(to, choice.index(), deadline);
    } catch (CallFailed e) {
      return table.on(to.id(), PeerState::bulk).stream().findFirst().orElse(control);
    }
  }

  private Tunnel control(Contact to, Deadline deadline) throws CallFailed, InterruptedException {
    Optional<Tunnel> there = table.on(to.id(), PeerState::control);
    if (there.isPresent()) {
      return there.get();
    }
    Tunnel made = dial(to, 0, deadline);
    return made.usable() ? made : table.on(to.id(), PeerState::control).orElse(made);
  }

  /// A tunnel that exists, or the number of one to dial; neither where the peer has just refused
  /// one.
  private record Bulk(Optional<Tunnel> tunnel, int index) {}

  /// The least used tunnel; a further one when all are in use and there may be more. Where there is
  /// none but one is being dialled, that one.
  private Bulk choose(PeerState state) {
    List<Tunnel> tunnels = state.bulk();
    Optional<Tunnel> least =
        tunnels.stream().min((a, b) -> Integer.compare(a.mux().open(), b.mux().open()));
    if (least.isPresent() && least.get().mux().open() == 0) {
      return new Bulk(least, 0);
    }
    List<Integer> dialling = state.dialling();
    if (state.bulkWait(local.clock().nanos()) > 0) {
      return new Bulk(least, 0);
    }
    if (tunnels.size() + dialling.size() < local.config().bulkTunnels()) {
      int free = Math.min(state.freeIndex(), Hello.TUNNEL_INDEX_MAX);
      return new Bulk(Optional.empty(), free);
    }
    return least.isPresent() ? new Bulk(least, 0) : new Bulk(Optional.empty(), dialling.getFirst());
  }

  private Tunnel dial(Contact to, int index, Deadline deadline)
      throws CallFailed, InterruptedException {
    PeerState.Dial dial = table.on(to.id(), state -> state.dial(index, local.clock()));
    if (dial.fresh()) {
      local.tasks().serve("dial", () -> run(to, index, dial.outcome()));
    }
    try {
      return dial.outcome()
          .await(deadline)
          .orElseThrow(() -> new CallFailed(Status.DEADLINE, "no tunnel in time"));
    } catch (CallFailed e) {
      throw new CallFailed(e.status(), e.retryAfter(), String.valueOf(e.getMessage()));
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a dial fails in one way only", e);
    }
  }

  private void run(Contact to, int index, Promise<Tunnel> outcome) throws InterruptedException {
    try {
      Tunnel made = inTurn(to, index);
      ended(to, index);
      outcome.complete(made);
    } catch (CallFailed e) {
      ended(to, index);
      outcome.fail(e);
    } finally {
      ended(to, index);
      outcome.fail(new CallFailed(Status.UNAVAILABLE, "dial was given up"));
    }
  }

  private Tunnel inTurn(Contact to, int index) throws CallFailed, InterruptedException {
    if (!dials.acquire(1, local.clock().in(BUDGET))) {
      throw new CallFailed(Status.UNAVAILABLE, "too many dials are under way");
    }
    try {
      return attempts(to, index);
    } finally {
      dials.release(1);
    }
  }

  private void ended(Contact to, int index) {
    table.on(
        to.id(),
        state -> {
          state.dialEnded(index);
          return state;
        });
  }

  /// Tries the addresses of `to` one after the other, each beginning when the one before has failed
  /// or taken long; the first greeting wins.
  private Tunnel attempts(Contact to, int index) throws CallFailed, InterruptedException {
    Deadline budget = local.clock().in(BUDGET);
    ArrayDeque<Endpoint> waiting = new ArrayDeque<>();
    CallFailed last = candidates(to, waiting);
    Mailbox<Outcome> outcomes = new Mailbox<>(local.clock(), Contact.ENDPOINTS_MAX * 3);
    try (Tasks racing = local.env().tasks("dial")) {
      int running = 0;
      while (!budget.passed() && (running > 0 || !waiting.isEmpty())) {
        if (!waiting.isEmpty()) {
          Endpoint endpoint = waiting.removeFirst();
          racing.serve("attempt", () -> outcomes.put(attempt(to.id(), endpoint, index, budget)));
          running++;
        }
        Optional<Outcome> outcome =
            outcomes.take(waiting.isEmpty() ? budget : budget.orWithin(STAGGER));
        if (outcome.isPresent()) {
          running--;
          if (outcome.get().made().isPresent()) {
            return outcome.get().made().get();
          }
          last = outcome.get().failure().orElse(last);
        }
      }
    }
    throw last;
  }

  /// Adds the addresses that may be tried now to `waiting`.
  ///
  /// @return the failure when there are none
  private CallFailed candidates(Contact to, ArrayDeque<Endpoint> waiting) {
    long now = local.clock().nanos();
    long soonest = Long.MAX_VALUE;
    for (Endpoint endpoint : local.book().endpoints(to)) {
      Optional<InetSocketAddress> address = endpoint.tcpAddress();
      if (address.isPresent()) {
        long wait = table.on(to.id(), state -> state.waitFor(address.get(), now));
        if (wait == 0) {
          waiting.add(endpoint);
        }
        soonest = Math.min(soonest, wait);
      }
    }
    return soonest == Long.MAX_VALUE
        ? new CallFailed(Status.UNAVAILABLE, "no address is known")
        : new CallFailed(
            Status.UNAVAILABLE, Duration.ofNanos(soonest), "its addresses failed a moment ago");
  }

  /// How one attempt ended.
  private record Outcome(Optional<Tunnel> made, Optional<CallFailed> failure) {}

  private Outcome attempt(PeerId peer, Endpoint endpoint, int index, Deadline budget)
      throws InterruptedException {
    InetSocketAddress address = endpoint.tcpAddress().orElseThrow();
    try {
      Tunnel made = attempt(peer, address, index, budget);
      local.book().answered(peer, endpoint);
      return new Outcome(Optional.of(made), Optional.empty());
    } catch (CallFailed e) {
      local.count(TransportCounter.DIALS_FAILED);
      failed(peer, address, index, e.status());
      return new Outcome(Optional.empty(), Optional.of(e));
    }
  }

  private void failed(PeerId peer, InetSocketAddress address, int index, Status status) {
    boolean foreign = status == Status.WRONG_NETWORK;
    if (foreign) {
      local.log().otherNetwork(peer, address);
    }
    long now = local.clock().nanos();
    Backoff first = local.config().redial();
    table.on(
        peer,
        state -> {
          if (foreign) {
            state.leaveAlone(address, now, OTHER_NETWORK, first);
          } else if (index > 0 && status == Status.OVERLOADED) {
            state.bulkFailed(now, first);
          } else {
            state.failed(address, now, first);
          }
          return state;
        });
  }

  private Tunnel attempt(PeerId peer, InetSocketAddress address, int index, Deadline budget)
      throws CallFailed, InterruptedException {
    Duration left = budget.left().compareTo(ATTEMPT) < 0 ? budget.left() : ATTEMPT;
    Link link;
    try {
      link = local.env().links().dial(address, local.identity(), left);
    } catch (IOException e) {
      throw new CallFailed(Status.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    if (!link.peerKey().equals(peer.linkKey())) {
      link.close();
      throw new CallFailed(Status.UNAUTHENTICATED, "another node answers at the address");
    }
    Mux mux = local.start(link);
    boolean done = false;
    try {
      TunnelId id = new TunnelId(local.id(), index, group(peer));
      Hello theirs = local.greeting().dial(mux, local.hello(link, id));
      local.warnOfClock(theirs);
      Tunnel made = admission.admit(mux, theirs, id);
      local.count(TransportCounter.TUNNELS_DIALLED);
      done = true;
      return made;
    } finally {
      if (!done) {
        mux.close(Status.UNAVAILABLE, "greeting failed");
      }
    }
  }

  private Bytes group(PeerId peer) {
    Optional<Tunnel> control = table.on(peer, PeerState::control);
    if (control.isPresent()) {
      return control.get().id().group();
    }
    byte[] fresh = new byte[Hello.GROUP_SIZE];
    local.env().secret(fresh);
    return Bytes.of(fresh);
  }
}
