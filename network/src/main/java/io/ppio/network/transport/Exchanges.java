package io.ppio.network.transport;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Deadline;
import io.ppio.env.Permits;
import io.ppio.env.Task;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.time.Duration;
import java.util.Optional;

/// The serving side of one tunnel: a task for each stream that the peer opens.
final class Exchanges implements Mux.Acceptor {
  /// Payload bytes of requests being served over one tunnel; further requests wait unread.
  static final int ASSEMBLED_MAX = 2 << 20;

  /// A request with less time left is refused at once.
  static final Duration DEADLINE_MIN = Duration.ofMillis(10);

  private final LocalNode local;
  private final Services services;
  private final Tunnel tunnel;
  private final PeerLimits limits;
  private final Permits assembled;

  Exchanges(LocalNode local, Services services, Tunnel tunnel, PeerLimits limits) {
    this.local = local;
    this.services = services;
    this.tunnel = tunnel;
    this.limits = limits;
    this.assembled = new Permits(local.clock(), ASSEMBLED_MAX);
  }

  @Override
  public void opened(MuxStream stream) {
    Task task = local.tasks().serve("exchange", () -> run(stream));
    stream.servedBy(task);
  }

  private void run(MuxStream stream) throws InterruptedException {
    boolean oneway = false;
    try {
      Optional<Envelope> request = Frames.read(stream);
      if (request.isEmpty()) {
        return;
      }
      oneway = request.get().kind() == Envelope.Kind.ONEWAY;
      start(stream, request.get());
    } catch (Violation e) {
      tunnel.mux().close(e.status(), String.valueOf(e.getMessage()));
    } catch (StreamFailed | CallFailed e) {
      local.count(TransportCounter.REQUESTS_ABANDONED);
    } finally {
      if (oneway) {
        stream.closeOneway();
      } else {
        stream.close();
      }
    }
  }

  private void start(MuxStream stream, Envelope request)
      throws Violation, StreamFailed, CallFailed, InterruptedException {
    Method method = request.method();
    if (request.kind() == Envelope.Kind.CANCEL) {
      return;
    }
    if ((request.kind() != Envelope.Kind.REQUEST && request.kind() != Envelope.Kind.ONEWAY)
        || method == Method.HELLO) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "stream opened without a request");
    }
    Duration left =
        request.deadlineMillis() == 0
            ? method.deadline()
            : Duration.ofMillis(request.deadlineMillis());
    Deadline deadline = local.clock().in(left);
    stream.prioritise(request.priority());
    stream.readUntil(deadline);
    PeerLimits.Place place = limits.place(request.kind() == Envelope.Kind.ONEWAY);
    Exchange early = new Exchange(asked(request, Message.EMPTY), deadline, stream, place);
    Optional<Service> service = services.find(method);
    if (left.compareTo(DEADLINE_MIN) < 0) {
      early.refuse(Status.DEADLINE, "too little time left");
    } else if (service.isEmpty()) {
      early.refuse(Status.UNAVAILABLE, "not served here");
    } else {
      Optional<Duration> wait = place.take(method);
      if (wait.isPresent()) {
        local.count(TransportCounter.REQUESTS_OVERLOADED);
        early.overloaded(wait.get(), "");
      } else {
        admitted(stream, request, deadline, service.get(), place);
      }
    }
  }

  private void admitted(
      MuxStream stream,
      Envelope request,
      Deadline deadline,
      Service service,
      PeerLimits.Place place)
      throws StreamFailed, CallFailed, InterruptedException {
    int length = request.payloadLength();
    try {
      if (!assembled.acquire(length, deadline)) {
        throw new StreamFailed(Status.DEADLINE, "other requests of this peer took too long");
      }
      try {
        Message message = Message.read(stream, request, request.method());
        stream.readWhole();
        serve(new Exchange(asked(request, message), deadline, stream, place), service);
      } finally {
        assembled.release(length);
      }
    } finally {
      place.leave();
    }
  }

  private Exchange.Asked asked(Envelope request, Message message) {
    return new Exchange.Asked(tunnel.record(), request, message);
  }

  private void serve(Exchange exchange, Service service) throws CallFailed, InterruptedException {
    try {
      service.serve(exchange);
      if (exchange.answered()) {
        local.count(TransportCounter.REQUESTS_SERVED);
        return;
      }
      failed(exchange, new IllegalStateException("the service gave no answer"));
    } catch (MalformedMessage e) {
      refuse(exchange, Status.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (Refused e) {
      refuse(exchange, e.status(), String.valueOf(e.getMessage()));
    } catch (CallFailed e) {
      boolean late = e.status() == Status.DEADLINE || exchange.deadline().passed();
      refuse(exchange, late ? Status.DEADLINE : Status.UNAVAILABLE, "");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failed(exchange, e);
    }
  }

  private void failed(Exchange exchange, Exception reason) throws CallFailed, InterruptedException {
    local.count(TransportCounter.SERVICE_FAILURES);
    local.log().serviceFailed(exchange, reason);
    refuse(exchange, Status.INTERNAL, "");
  }

  private static void refuse(Exchange exchange, Status status, String detail)
      throws CallFailed, InterruptedException {
    if (!exchange.answered()) {
      exchange.refuse(status, detail);
    }
  }
}
