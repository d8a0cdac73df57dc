package io.ppio.network.transport;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.network.peer.NetworkId;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.time.Duration;

/// The first exchange on a link, on stream 0 (network specification 1.6).
///
/// The dialling side sends `HELLO`, the other answers with its own (`HELLO_ACK`) or a failure
/// (`REJECT`). Both check the same things. Stateless apart from its configuration.
final class Greeting {
  /// Time for the whole exchange.
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /// Clocks further apart cannot agree on records.
  static final Duration SKEW_MAX = Duration.ofHours(24);

  private final Clock clock;
  private final NetworkId network;

  Greeting(Clock clock, NetworkId network) {
    this.clock = clock;
    this.network = network;
  }

  /// Makes the answer to a greeting that has been found good.
  @FunctionalInterface
  interface Answer {
    /// @throws Refused when the peer is not wanted
    Hello to(Hello theirs) throws Refused;
  }

  /// Says `own` and waits for the answer.
  ///
  /// @throws CallFailed with the status of the rejection, theirs or ours
  Hello dial(Mux mux, Hello own) throws CallFailed, InterruptedException {
    MuxStream stream = mux.greeting();
    Deadline deadline = clock.in(TIMEOUT);
    stream.readUntil(deadline);
    try {
      Envelope hello =
          Envelope.asking(Envelope.Kind.REQUEST, 1, Method.HELLO, TIMEOUT.toMillis(), own.encode());
      stream.post(false, Frames.head(hello));
      Envelope answer =
          Frames.read(stream).orElseThrow(() -> new CallFailed(Status.UNAVAILABLE, "no greeting"));
      if (answer.kind() != Envelope.Kind.RESPONSE || answer.payloadLength() != 0) {
        throw new Violation(Status.PROTOCOL_VIOLATION, "no answer to the greeting");
      }
      if (answer.status() != Status.OK) {
        throw new CallFailed(answer.status(), "rejected by the peer: " + answer.detail());
      }
      Hello theirs = Hello.decode(answer.body());
      check(theirs, mux);
      mux.greeted();
      return theirs;
    } catch (Refused e) {
      throw new CallFailed(e.status(), String.valueOf(e.getMessage()));
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    } catch (Violation | MalformedMessage e) {
      throw new CallFailed(Status.PROTOCOL_VIOLATION, String.valueOf(e.getMessage()));
    }
  }

  /// Waits for the greeting of a peer that dialled, and answers it.
  ///
  /// @throws CallFailed when the peer was rejected or said something else; a rejection is on its
  ///   way then
  Hello accept(Mux mux, Answer answer) throws CallFailed, InterruptedException {
    MuxStream stream = mux.greeting();
    Deadline deadline = clock.in(TIMEOUT);
    stream.readUntil(deadline);
    try {
      Envelope asked =
          Frames.read(stream).orElseThrow(() -> new CallFailed(Status.UNAVAILABLE, "no greeting"));
      if (asked.kind() != Envelope.Kind.REQUEST
          || asked.method() != Method.HELLO
          || asked.payloadLength() != 0) {
        throw new Violation(Status.PROTOCOL_VIOLATION, "no greeting");
      }
      Answering answering = new Answering(stream, asked.id(), deadline);
      try {
        Hello theirs = Hello.decode(asked.body());
        check(theirs, mux);
        Hello own = answer.to(theirs);
        mux.greeted();
        answering.send(Status.OK, own.encode(), "");
        return theirs;
      } catch (Refused e) {
        String detail = String.valueOf(e.getMessage());
        answering.send(e.status(), Bytes.EMPTY, detail);
        throw new CallFailed(e.status(), detail);
      } catch (MalformedMessage e) {
        answering.send(Status.BAD_REQUEST, Bytes.EMPTY, "no greeting");
        throw new CallFailed(Status.BAD_REQUEST, String.valueOf(e.getMessage()));
      }
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    } catch (Violation e) {
      throw new CallFailed(e.status(), String.valueOf(e.getMessage()));
    }
  }

  /// Checks what a peer greets with again, over a tunnel that is there.
  Hello again(Bytes hello, Mux mux) throws MalformedMessage, Refused {
    Hello theirs = Hello.decode(hello);
    check(theirs, mux);
    return theirs;
  }

  private record Answering(MuxStream stream, long id, Deadline deadline) {
    void send(Status status, Bytes body, String detail) throws StreamFailed, InterruptedException {
      Envelope envelope = Envelope.answering(Envelope.Kind.RESPONSE, id, status, body, detail);
      stream.write(deadline, false, Frames.head(envelope));
    }
  }

  private void check(Hello theirs, Mux mux) throws Refused {
    if (!theirs.network().equals(network)) {
      throw new Refused(Status.WRONG_NETWORK, "");
    }
    int chosen = Math.min(theirs.protocolMax(), Hello.PROTOCOL);
    if (chosen < theirs.protocolMin() || chosen < Hello.PROTOCOL) {
      throw new Refused(Status.VERSION, "this node speaks version " + Hello.PROTOCOL);
    }
    if (skew(theirs).compareTo(SKEW_MAX) > 0) {
      throw new Refused(Status.CLOCK, "clocks are more than a day apart");
    }
    PeerId peer = theirs.record().peerId();
    if (!peer.linkKey().equals(mux.link().peerKey()) || !theirs.record().isSigned(network)) {
      throw new Refused(Status.UNAUTHENTICATED, "record and key of the link differ");
    }
  }

  /// How far the clocks of the two sides are apart.
  Duration skew(Hello theirs) {
    return Duration.ofMillis(theirs.clockMillis()).minusMillis(clock.wallMillis()).abs();
  }
}
