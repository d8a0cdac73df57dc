package io.ppio.env.simulated;

import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import io.ppio.env.Links;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/// An address at which links arrive.
final class SimListener implements Links.Listener {
  /// Links that may wait to be accepted, as many as the usual listen queue of an operating system.
  private static final int BACKLOG = 128;

  private final Incarnation home;
  private final InetSocketAddress address;
  private final LinkIdentity self;
  private final ArrayDeque<SimLink> backlog = new ArrayDeque<>();
  private final WaitSet acceptors;
  private boolean closed;

  SimListener(Incarnation home, InetSocketAddress address, LinkIdentity self) {
    this.home = home;
    this.address = address;
    this.self = self;
    this.acceptors = new WaitSet(home.kernel());
  }

  Incarnation home() {
    return home;
  }

  LinkIdentity self() {
    return self;
  }

  /// Whether a link that is opened now would find its place.
  boolean takes() {
    return !closed && home.alive() && backlog.size() < BACKLOG;
  }

  void arrived(SimLink link) {
    if (takes()) {
      backlog.add(link);
      acceptors.wake();
    } else {
      link.close();
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public Link accept() throws IOException, InterruptedException {
    while (backlog.isEmpty()) {
      if (closed) {
        throw new IOException("the listener is closed");
      }
      acceptors.await(Long.MAX_VALUE);
    }
    return backlog.remove();
  }

  @Override
  public void close() {
    if (!closed && home.alive()) {
      closed = true;
      home.listeners().remove(this);
      home.world().network().release(this);
      backlog.forEach(SimLink::close);
      backlog.clear();
      acceptors.wake();
    }
  }
}
