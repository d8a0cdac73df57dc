package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One end of a link: its two directions and what this end knows of their state.
///
/// What has arrived can be read even after the link broke, as from a socket whose peer is gone.
final class SimLink implements Link {
  /// Time that handing bytes to the operating system takes, at most.
  private static final long CALL_NANOS = 10_000;

  /// A peer's death is noticed after this, at most.
  private static final long DEATH_NOTICED_NANOS = 3_000_000_000L;

  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final int RETRIES = 20;

  private final Incarnation home;
  private final long number;
  private final Bytes peerKey;
  private final InetSocketAddress remote;
  private final @Nullable SimListener acceptedBy;
  private @Nullable SimLink peer;
  private @Nullable LinkDirection in;
  private @Nullable LinkDirection out;
  private boolean closed;
  private boolean dead;
  private boolean peerEnded;
  private @Nullable String broken;

  /// @param acceptedBy the listener, at the end that did not dial
  private SimLink(
      Incarnation home, Bytes peerKey, InetSocketAddress remote, @Nullable SimListener acceptedBy) {
    this.home = home;
    this.number = home.world().nextLink();
    this.peerKey = peerKey;
    this.remote = remote;
    this.acceptedBy = acceptedBy;
  }

  /// Makes both ends of a link that `dial` opens to `listener`; the listener's end appears there
  /// when the opening has travelled.
  ///
  /// @return the dialler's end
  static SimLink connect(Dial dial, SimListener listener) {
    SimLink near = new SimLink(dial.home(), listener.self().key(), dial.to(), null);
    SimLink far = new SimLink(listener.home(), dial.self().key(), dial.from(), listener);
    near.join(far, new LinkDirection(near, far), new LinkDirection(far, near));
    far.join(near, near.in(), near.out());
    near.home.links().add(near);
    far.home.links().add(far);
    near.home.world().record(near.node(), Trace.Kind.LINK_OPENED, near.number, dial.to().getPort());
    near.out().sendOpening();
    return near;
  }

  private void join(SimLink other, LinkDirection outgoing, LinkDirection incoming) {
    peer = other;
    out = outgoing;
    in = incoming;
  }

  private LinkDirection in() {
    return Objects.requireNonNull(in);
  }

  private LinkDirection out() {
    return Objects.requireNonNull(out);
  }

  SimNode node() {
    return home.node();
  }

  SimNetwork network() {
    return home.world().network();
  }

  long number() {
    return number;
  }

  @Override
  public Bytes peerKey() {
    return peerKey;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public boolean dialled() {
    return acceptedBy == null;
  }

  @Override
  public int read(ByteBuffer target) throws IOException, InterruptedException {
    return in().read(target);
  }

  @Override
  public void write(ByteBuffer... parts) throws IOException, InterruptedException {
    home.schedulingPoint(network().random().upTo(CALL_NANOS));
    checkWritable();
    out().write(parts);
  }

  /// @throws IOException when this end was closed
  void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("the link is closed");
    }
  }

  /// @throws IOException when the link broke
  void checkWhole() throws IOException {
    if (broken != null) {
      throw new IOException("the link broke: " + broken);
    }
  }

  /// @throws IOException when writing is of no use any more
  void checkWritable() throws IOException {
    checkOpen();
    checkWhole();
    if (peerEnded) {
      throw new IOException("the peer has closed the link");
    }
  }

  @Override
  public void close() {
    if (!closed && !dead) {
      closed = true;
      home.links().remove(this);
      if (broken == null) {
        out().sendEnd();
      }
      wake();
    }
  }

  private void wake() {
    in().wake();
    out().wake();
  }

  /// Whether nothing that arrives matters any more.
  boolean deaf() {
    return closed || dead || broken != null;
  }

  /// The opening has arrived at the listener's end.
  void opened() {
    Objects.requireNonNull(acceptedBy).arrived(this);
  }

  void peerEnded() {
    peerEnded = true;
    wake();
  }

  /// This end's machine is gone.
  void die() {
    dead = true;
    long latency = network().latencyNanos(node(), Objects.requireNonNull(peer).node());
    out().cutWithin(2 * latency);
    home.kernel()
        .after(2 * latency + network().random().upTo(DEATH_NOTICED_NANOS), new DeathNotice());
  }

  /// Breaks this end at a moment up to `nanos` from now.
  void breakWithin(long nanos, String reason) {
    home.kernel().after(1 + network().random().upTo(nanos), new Break(reason));
  }

  void breakNow(String reason) {
    if (!deaf()) {
      broken = reason;
      home.world().record(node(), Trace.Kind.LINK_BROKEN, number, 0);
      wake();
    }
  }

  private final class Break extends SimEvent {
    private final String reason;

    Break(String reason) {
      this.reason = reason;
    }

    @Override
    void fire() {
      breakNow(reason);
    }
  }

  /// What the network says to a packet for a machine that is gone; lost while a partition lasts.
  private final class DeathNotice extends SimEvent {
    private int tries;

    @Override
    void fire() {
      SimLink other = Objects.requireNonNull(peer);
      if (tries++ < RETRIES && network().cuts(node(), other.node())) {
        home.kernel().after(RETRY_NANOS, this);
      } else {
        other.breakNow("the peer is gone");
      }
    }
  }
}
