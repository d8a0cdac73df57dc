package io.ppio.network.transport;

import io.ppio.env.Link;
import io.ppio.env.Links;
import io.ppio.env.Permits;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Takes links in: one task a listener, one for each greeting under way.
final class Acceptor {
  /// Greetings under way at once (network specification 1.9).
  private static final int GREETINGS_MAX = 256;

  private final LocalNode local;
  private final Admission admission;
  private final Permits greetings;
  private final List<Links.Listener> listeners = new ArrayList<>();

  Acceptor(LocalNode local, Admission admission) {
    this.local = local;
    this.admission = admission;
    this.greetings = new Permits(local.clock(), GREETINGS_MAX);
  }

  /// Accepts links at `bind` until the node closes. Called while the node starts.
  InetSocketAddress listen(InetSocketAddress bind) throws IOException {
    Links.Listener listener = local.env().links().listen(bind, local.identity());
    listeners.add(listener);
    local.log().listening(listener.address());
    local.tasks().serve("accept", () -> accept(listener));
    return listener.address();
  }

  private void accept(Links.Listener listener) throws InterruptedException {
    try {
      while (true) {
        Link link = listener.accept();
        if (greetings.tryAcquire(1)) {
          local.tasks().serve("greet", () -> greet(link));
        } else {
          link.close();
        }
      }
    } catch (IOException e) {
      local.log().acceptEnded(listener.address(), String.valueOf(e.getMessage()));
    }
  }

  private void greet(Link link) throws InterruptedException {
    Mux mux = local.start(link);
    try {
      Hello theirs = local.greeting().accept(mux, hello -> answer(link, hello));
      local.warnOfClock(theirs);
      admission.admit(mux, theirs, id(theirs));
      local.count(TransportCounter.TUNNELS_ACCEPTED);
    } catch (CallFailed e) {
      local.count(TransportCounter.GREETINGS_REJECTED);
      local.log().greetingFailed(link.remote(), String.valueOf(e.getMessage()));
      mux.finish();
    } catch (RuntimeException e) {
      local.count(TransportCounter.SERVICE_FAILURES);
      local.log().greetingBroken(link.remote(), e);
      mux.close(Status.INTERNAL, "greeting failed by our fault");
    } finally {
      greetings.release(1);
    }
  }

  private Hello answer(Link link, Hello theirs) throws Refused {
    admission.check(theirs.record().peerId(), link.remote().getAddress());
    if (theirs.record().peerId().equals(local.id())) {
      throw new Refused(Status.FORBIDDEN, "that is this node itself");
    }
    return local.hello(link, id(theirs));
  }

  private static TunnelId id(Hello theirs) {
    return new TunnelId(theirs.record().peerId(), theirs.tunnelIndex(), theirs.tunnelGroup());
  }

  /// Accepts no more.
  void close() {
    listeners.forEach(Links.Listener::close);
  }
}
