package io.ppio.env.simulated;

import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import io.ppio.env.Links;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/// A node's door to the simulated network.
///
/// A node has one address ([SimNode#at]); binding to the wildcard address means that one.
final class SimLinks implements Links {
  private static final long CALL_NANOS = 10_000;

  private final Incarnation home;
  private final SimNetwork network;

  SimLinks(Incarnation home) {
    this.home = home;
    this.network = home.world().network();
  }

  @Override
  public Listener listen(InetSocketAddress bind, LinkIdentity self) throws IOException {
    home.schedulingPoint(network.random().upTo(CALL_NANOS));
    SimNode node = home.node();
    InetSocketAddress own = node.at(bind.getPort());
    if (bind.isUnresolved() || !(bind.getAddress().isAnyLocalAddress() || bind.equals(own))) {
      throw new BindException(bind + " is not an address of " + node);
    }
    int port = bind.getPort() == 0 ? network.freePort(node) : bind.getPort();
    SimListener listener = new SimListener(home, node.at(port), self);
    if (!network.bind(listener)) {
      throw new BindException(listener.address() + " is in use");
    }
    home.listeners().add(listener);
    return listener;
  }

  @Override
  public Link dial(InetSocketAddress to, LinkIdentity self, Duration timeout)
      throws IOException, InterruptedException {
    home.schedulingPoint(network.random().upTo(CALL_NANOS));
    if (to.isUnresolved()) {
      throw new UnknownHostException(to.getHostString());
    }
    return new Dial(home, to, self).await(timeout);
  }
}
