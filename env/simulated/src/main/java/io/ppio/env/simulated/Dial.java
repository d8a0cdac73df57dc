package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One attempt to open a link: a round trip to find a listener, one to prove both keys.
///
/// Packets that a partition swallows are sent again every second until the dialler gives up.
final class Dial {
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final int NONCE_BYTES = 32;

  private final Incarnation home;
  private final SimNetwork network;
  private final Kernel kernel;
  private final InetSocketAddress to;
  private final InetSocketAddress from;
  private final LinkIdentity self;
  private final WaitSet waiting;
  private boolean over;
  private @Nullable SimLink link;
  private @Nullable IOException failure;

  Dial(Incarnation home, InetSocketAddress to, LinkIdentity self) {
    this.home = home;
    this.network = home.world().network();
    this.kernel = home.kernel();
    this.to = to;
    this.from = home.node().at(network.freePort(home.node()));
    this.self = self;
    this.waiting = new WaitSet(kernel);
  }

  Incarnation home() {
    return home;
  }

  InetSocketAddress to() {
    return to;
  }

  InetSocketAddress from() {
    return from;
  }

  LinkIdentity self() {
    return self;
  }

  /// Opens the link.
  Link await(Duration timeout) throws IOException, InterruptedException {
    long deadline = kernel.nowNanos() + timeout.toNanos();
    Optional<SimNode> node = network.nodeAt(to);
    node.ifPresent(
        target -> kernel.after(network.latencyNanos(home.node(), target), new Knock(target)));
    try {
      while (link == null && failure == null && kernel.nowNanos() < deadline) {
        waiting.await(deadline);
      }
    } catch (InterruptedException e) {
      abandon();
      throw e;
    }
    over = true;
    if (failure != null) {
      throw failure;
    }
    if (link == null) {
      throw new SocketTimeoutException("nobody answers at " + to);
    }
    return link;
  }

  private void abandon() {
    over = true;
    if (link != null) {
      link.close();
    }
  }

  private boolean wanted() {
    return !over && link == null && failure == null && home.alive();
  }

  private boolean cut(SimNode target) {
    return network.cuts(home.node(), target) || network.cuts(target, home.node());
  }

  private void refuse(String reason) {
    home.world().record(home.node(), Trace.Kind.LINK_REFUSED, to.getPort(), 0);
    failure = new ConnectException(reason + " at " + to);
    waiting.wake();
  }

  /// The first packet is at the target.
  private final class Knock extends SimEvent {
    private final SimNode target;

    Knock(SimNode target) {
      this.target = target;
    }

    @Override
    void fire() {
      if (!wanted()) {
        return;
      }
      if (cut(target)) {
        kernel.after(RETRY_NANOS, this);
        return;
      }
      long back = network.latencyNanos(target, home.node());
      Optional<SimListener> listener = network.listenerAt(to).filter(SimListener::takes);
      if (listener.isEmpty()) {
        kernel.after(back, new Refusal());
      } else {
        long again =
            network.latencyNanos(home.node(), target) + network.latencyNanos(target, home.node());
        kernel.after(back + again, new Answer(target, listener.get()));
      }
    }
  }

  private final class Refusal extends SimEvent {
    @Override
    void fire() {
      if (wanted()) {
        refuse("connection refused");
      }
    }
  }

  /// The target's proof is at the dialler.
  private final class Answer extends SimEvent {
    private final SimNode target;
    private final SimListener listener;

    Answer(SimNode target, SimListener listener) {
      this.target = target;
      this.listener = listener;
    }

    @Override
    void fire() {
      if (!wanted()) {
        return;
      }
      if (cut(target)) {
        kernel.after(RETRY_NANOS, this);
      } else if (!listener.takes()) {
        refuse("connection reset");
      } else if (listener.self().key().equals(self.key())) {
        refuse("own identity answers");
      } else if (!keysProven(listener.self())) {
        refuse("a key could not be proven");
      } else {
        open();
      }
    }

    private void open() {
      if (network.random().happens(home.world().config().linkFaults().duplicate())) {
        network.world().fault(home.node(), FaultCounters.Fault.DUPLICATE);
        SimLink.connect(Dial.this, listener).close();
      }
      link = SimLink.connect(Dial.this, listener);
      waiting.wake();
    }
  }

  private boolean keysProven(LinkIdentity other) {
    if (!home.world().config().links().proveKeys()) {
      return true;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    network.random().nextBytes(nonce);
    byte[] asked = proof("dialler", nonce, self.key(), other.key());
    byte[] answered = proof("listener", nonce, self.key(), other.key());
    return other.verify(self.key(), asked, self.sign(asked))
        && self.verify(other.key(), answered, other.sign(answered));
  }

  private static byte[] proof(String role, byte[] nonce, Bytes dialler, Bytes listener) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(("ppio/simulated-link/" + role).getBytes(StandardCharsets.UTF_8));
    message.writeBytes(nonce);
    message.writeBytes(dialler.toArray());
    message.writeBytes(listener.toArray());
    return message.toByteArray();
  }
}
