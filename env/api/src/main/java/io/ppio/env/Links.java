package io.ppio.env;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Authenticated, ordered bytes between two nodes each: TCP with TLS 1.3 in production, simulated
/// in simulation.
///
/// Both ends prove their identity key while the link is made (network specification 1.5).
public interface Links {
  /// Accepts links at `bind`; port 0 means any free one.
  ///
  /// @throws java.net.BindException when the address is taken or not ours
  Listener listen(InetSocketAddress bind, LinkIdentity self) throws IOException;

  /// Opens a link to whoever answers at `to`; the caller compares [Link#peerKey] with the one it
  /// wants.
  ///
  /// @throws IOException when nobody answers, the handshake fails, or `timeout` passes
  Link dial(InetSocketAddress to, LinkIdentity self, Duration timeout)
      throws IOException, InterruptedException;

  /// A bound address at which links arrive.
  interface Listener extends AutoCloseable {
    /// The bound address, with the port that was chosen.
    InetSocketAddress address();

    /// Waits for the next link whose handshake has succeeded; failed handshakes are counted and
    /// dropped.
    ///
    /// @throws IOException when the listener is closed
    Link accept() throws IOException, InterruptedException;

    /// Stops accepting; links already accepted live on. Idempotent.
    @Override
    void close();
  }
}
