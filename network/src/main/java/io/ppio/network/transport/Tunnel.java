package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Deadline;
import io.ppio.env.Permits;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A greeted link to one peer with streams over it: its calling side, and what it was used for.
///
/// Safe for use by any number of tasks.
final class Tunnel {
  private static final long NOT_DRAINING = Long.MIN_VALUE;

  /// Between two greetings of a peer on one link at least: each costs us the check of a signature.
  private static final Duration GREETINGS_APART = Duration.ofSeconds(30);

  private final Mux mux;
  private final TunnelId id;
  private final Permits inflight;
  private final long since;
  private final AtomicLong nextRequest = new AtomicLong();
  private final AtomicLong usedAt;

  /// When the peer greeted again, as if long ago at first: its record may be new just after the
  /// link. Owned by the task that watches stream 0.
  private long greetedAt;

  private volatile PeerRecord record;
  private volatile long drainingSince = NOT_DRAINING;

  /// @param theirs what the peer greeted with
  /// @param inflight requests that may be under way to the peer, shared by its tunnels
  Tunnel(Mux mux, Hello theirs, TunnelId id, Permits inflight) {
    this.mux = mux;
    this.record = theirs.record();
    this.id = id;
    this.inflight = inflight;
    this.since = mux.clock().nanos();
    this.usedAt = new AtomicLong(since);
    this.greetedAt = since - GREETINGS_APART.toNanos();
  }

  PeerId peer() {
    return record.peerId();
  }

  /// The newest record with which the peer greeted.
  PeerRecord record() {
    return record;
  }

  TunnelId id() {
    return id;
  }

  int index() {
    return id.index();
  }

  Mux mux() {
    return mux;
  }

  /// Who made it, and when.
  AdmissionPolicy.Made made() {
    return new AdmissionPolicy.Made(id.dialler(), since);
  }

  /// As an operator sees it.
  TunnelView view() {
    return new TunnelView(
        record,
        mux.link().remote(),
        index(),
        mux.link().dialled(),
        mux.roundTrip(),
        mux.sent(),
        mux.received());
  }

  /// Whether new requests may use it.
  boolean usable() {
    return drainingSince == NOT_DRAINING && mux.end().isEmpty();
  }

  /// Sends a request and waits for its answer.
  Reply call(Method method, Bytes body, CallOptions options, Deadline deadline)
      throws CallFailed, InterruptedException {
    begin(deadline);
    try (MuxStream stream = mux.open(deadline)) {
      request(stream, method, body, options, deadline);
      Envelope answer =
          Frames.read(stream).orElseThrow(() -> new CallFailed(Status.UNAVAILABLE, "no answer"));
      Message message = Message.read(stream, answer, method);
      if (answer.kind() != Envelope.Kind.RESPONSE) {
        throw new Violation(Status.PROTOCOL_VIOLATION, "no response where one was due");
      }
      if (answer.status() != Status.OK) {
        Duration retryAfter = Duration.ofMillis(answer.retryAfterMillis());
        throw new CallFailed(answer.status(), retryAfter, answer.detail());
      }
      return message.reply();
    } catch (Violation e) {
      throw violated(e);
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    } finally {
      inflight.release(1);
    }
  }

  /// Sends a request whose answer is streamed.
  ItemStream stream(Method method, Bytes body, CallOptions options, Deadline deadline)
      throws CallFailed, InterruptedException {
    begin(deadline);
    boolean handed = false;
    try {
      MuxStream stream = mux.open(deadline);
      try {
        stream.expectMuch();
        request(stream, method, body, options, deadline);
        handed = true;
        return new ItemStream(this, method, stream, inflight);
      } finally {
        if (!handed) {
          stream.close();
        }
      }
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    } finally {
      if (!handed) {
        inflight.release(1);
      }
    }
  }

  /// Sends a message that has no answer; returns when the link has taken it.
  void oneway(Method method, Bytes body, CallOptions options, Deadline deadline)
      throws CallFailed, InterruptedException {
    used();
    try {
      MuxStream stream = mux.open(deadline);
      try {
        Message message = new Message(body, options.payload()).toWire(method);
        Envelope envelope = envelope(Envelope.Kind.ONEWAY, method, message, options, deadline);
        stream.prioritise(options.priority());
        stream.write(deadline, true, Frames.head(envelope), message.payload());
      } finally {
        stream.closeOneway();
      }
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    }
  }

  private void begin(Deadline deadline) throws CallFailed, InterruptedException {
    used();
    if (!inflight.acquire(1, deadline)) {
      throw new CallFailed(Status.DEADLINE, "too many requests under way to this peer");
    }
  }

  private void request(
      MuxStream stream, Method method, Bytes body, CallOptions options, Deadline deadline)
      throws StreamFailed {
    Message message = new Message(body, options.payload()).toWire(method);
    Envelope envelope = envelope(Envelope.Kind.REQUEST, method, message, options, deadline);
    stream.prioritise(options.priority());
    stream.readUntil(deadline);
    stream.post(true, Frames.head(envelope), message.payload());
  }

  /// Request ids are odd at the dialler of the link (network specification 1.7).
  private Envelope envelope(
      Envelope.Kind kind, Method method, Message message, CallOptions options, Deadline deadline) {
    long number = 2 * nextRequest.incrementAndGet() + (mux.link().dialled() ? 1 : 0);
    long left = Math.clamp(deadline.left().toMillis(), 1, 0xffff_ffffL);
    return Envelope.asking(kind, number, method, left, message.body())
        .with(options.priority(), message.payload().remaining(), options.trace());
  }

  /// Ends the tunnel because its peer broke a rule.
  CallFailed violated(Violation violation) {
    mux.close(violation.status(), String.valueOf(violation.getMessage()));
    return new CallFailed(Status.UNAVAILABLE, "the peer broke the protocol");
  }

  /// Takes what the peer greets with when it has renewed its record.
  @FunctionalInterface
  interface Renewal {
    /// @return the record, once it was checked
    PeerRecord of(Bytes hello) throws Violation;
  }

  /// Reads stream 0 until the link ends: the peer may greet again, or say that it takes no more
  /// requests here.
  void watchGreetingStream(Renewal renewal) throws InterruptedException, Violation {
    MuxStream stream = mux.greeting();
    stream.readUntil(mux.clock().in(Duration.ofDays(365)));
    try {
      while (true) {
        Envelope said = Frames.read(stream).orElseThrow(Tunnel::notOnStream0);
        if (said.payloadLength() != 0) {
          throw notOnStream0();
        }
        switch (said.kind()) {
          case GOAWAY -> markDraining();
          case ONEWAY -> renewed(renewal.of(said.body()));
          default -> throw notOnStream0();
        }
      }
    } catch (StreamFailed e) {
      markDraining();
    }
  }

  private static Violation notOnStream0() {
    return new Violation(Status.PROTOCOL_VIOLATION, "stream 0 carries greetings and its end only");
  }

  private void renewed(PeerRecord newer) throws Violation {
    long now = mux.clock().nanos();
    if (now - greetedAt < GREETINGS_APART.toNanos()) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "greetings in close succession");
    }
    greetedAt = now;
    if (newer.seq() > record.seq()) {
      record = newer;
    }
  }

  /// Greets again, with the record that is new.
  void greetAgain(Hello own) {
    try {
      mux.greeting()
          .post(
              false,
              Frames.head(Envelope.asking(Envelope.Kind.ONEWAY, 0, Method.HELLO, 0, own.encode())));
    } catch (StreamFailed e) {
      mux.close(Status.UNAVAILABLE, "link ended before the record was renewed");
    }
  }

  /// Asks the peer to use this tunnel no more; it closes once it is quiet.
  void drain(Status why) {
    if (drainingSince != NOT_DRAINING) {
      return;
    }
    markDraining();
    ByteBuffer goaway =
        Frames.head(Envelope.answering(Envelope.Kind.GOAWAY, 0, why, Bytes.EMPTY, ""));
    try {
      mux.greeting().post(false, goaway);
    } catch (StreamFailed e) {
      mux.close(Status.UNAVAILABLE, "link ended before the tunnel was drained");
    }
  }

  private void markDraining() {
    drainingSince = mux.clock().nanos();
  }

  /// How long it has been draining; zero when it is not.
  Duration draining() {
    long from = drainingSince;
    return from == NOT_DRAINING ? Duration.ZERO : Duration.ofNanos(mux.clock().nanos() - from);
  }

  /// How long nobody has used it in either direction.
  Duration idle() {
    if (mux.open() > 0) {
      used();
      return Duration.ZERO;
    }
    return Duration.ofNanos(mux.clock().nanos() - usedAt.get());
  }

  /// Notes that the peer uses it.
  void used() {
    usedAt.set(mux.clock().nanos());
  }
}
