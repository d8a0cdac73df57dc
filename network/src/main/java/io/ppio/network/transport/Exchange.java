package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Deadline;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;

/// One request of a peer as its [Service] sees it. Owned by the serving task.
public final class Exchange {
  /// What was asked, and by whom.
  record Asked(PeerRecord caller, Envelope request, Message message) {}

  private final Asked asked;
  private final Envelope request;
  private final Deadline deadline;
  private final MuxStream stream;
  private final PeerLimits.Place place;
  private boolean answered;
  private boolean streaming;

  Exchange(Asked asked, Deadline deadline, MuxStream stream, PeerLimits.Place place) {
    this.asked = asked;
    this.request = asked.request();
    this.deadline = deadline;
    this.stream = stream;
    this.place = place;
  }

  /// Who asks; proven by the link.
  public PeerId peer() {
    return asked.caller().peerId();
  }

  /// The newest record with which the peer greeted.
  public PeerRecord record() {
    return asked.caller();
  }

  /// What is asked.
  public Method method() {
    return request.method();
  }

  /// The message of the method.
  public Bytes body() {
    return asked.message().body();
  }

  /// Raw bytes that came with it; valid until the service returns.
  public ByteBuffer payload() {
    return asked.message().payload();
  }

  /// When the caller stops waiting. Checked before disk reads by the service, before each item
  /// here.
  public Deadline deadline() {
    return deadline;
  }

  /// Whether no answer is expected.
  public boolean oneway() {
    return request.kind() == Envelope.Kind.ONEWAY;
  }

  /// The number by which logs tell what belongs to this request, at the caller and further on; 0 if
  /// the caller gave none.
  public long trace() {
    return request.trace();
  }

  /// Answers with `body`.
  ///
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void reply(Bytes body) throws CallFailed, InterruptedException {
    reply(body, Message.NO_PAYLOAD);
  }

  /// Answers with `body` and raw bytes, which belong to the service again on return.
  ///
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void reply(Bytes body, ByteBuffer payload) throws CallFailed, InterruptedException {
    Check.that(!streaming, "reply after items");
    answer(Envelope.Kind.RESPONSE, Status.OK, new Message(body, payload), "", Duration.ZERO);
  }

  /// Sends one item of a streamed answer.
  ///
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void item(Bytes body) throws CallFailed, InterruptedException {
    item(body, Message.NO_PAYLOAD);
  }

  /// Sends one item with raw bytes, which belong to the service again on return; waits while the
  /// caller does not read.
  ///
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void item(Bytes body, ByteBuffer payload) throws CallFailed, InterruptedException {
    Check.that(!answered && !oneway(), "item where none is expected");
    streaming = true;
    send(Envelope.Kind.STREAM_ITEM, Status.OK, new Message(body, payload), "", Duration.ZERO);
  }

  /// Ends a streamed answer in order.
  ///
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void end() throws CallFailed, InterruptedException {
    streaming = true;
    answer(Envelope.Kind.STREAM_END, Status.OK, Message.EMPTY, "", Duration.ZERO);
  }

  /// Answers with a failure, also in the middle of a streamed answer.
  ///
  /// @param detail what is wrong, for the peer to read: no paths, no keys
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void refuse(Status status, String detail) throws CallFailed, InterruptedException {
    refuse(status, detail, Duration.ZERO);
  }

  /// Answers that the caller should come back later.
  ///
  /// @throws CallFailed when the caller is gone, or the deadline passes first
  public void overloaded(Duration retryAfter, String detail)
      throws CallFailed, InterruptedException {
    refuse(Status.OVERLOADED, detail, retryAfter);
  }

  private void refuse(Status status, String detail, Duration retryAfter)
      throws CallFailed, InterruptedException {
    Check.that(status != Status.OK, "refusing with OK");
    if (!oneway()) {
      answer(
          streaming ? Envelope.Kind.STREAM_END : Envelope.Kind.RESPONSE,
          status,
          Message.EMPTY,
          detail,
          retryAfter);
    }
  }

  private void answer(
      Envelope.Kind kind, Status status, Message answer, String detail, Duration retryAfter)
      throws CallFailed, InterruptedException {
    Check.that(!answered && !oneway(), "answer where none is expected");
    answered = true;
    place.answered();
    send(kind, status, answer, detail, retryAfter);
  }

  private void send(
      Envelope.Kind kind, Status status, Message answer, String detail, Duration retryAfter)
      throws CallFailed, InterruptedException {
    if (deadline.passed() && status == Status.OK) {
      answered = false;
      throw new CallFailed(Status.DEADLINE, "the caller has stopped waiting");
    }
    Message wire = answer.toWire(request.method());
    Envelope envelope =
        Envelope.answering(kind, request.id(), status, wire.body(), detail)
            .with(request.priority(), wire.payload().remaining(), request.trace())
            .withRetryAfter(retryAfter.toMillis());
    try {
      stream.write(
          status == Status.OK ? deadline : stream.soon(),
          kind != Envelope.Kind.STREAM_ITEM,
          Frames.head(envelope),
          wire.payload());
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    }
  }

  /// Whether the service has given its last word, or none is expected.
  boolean answered() {
    return answered || oneway();
  }
}
