package io.ppio.env;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Ordered, reliable, encrypted bytes from and to a peer that has proven its identity key.
///
/// One task reads and one writes at a time; reading and writing may overlap.
public interface Link extends AutoCloseable {
  /// The peer's proven identity key as it stands in the certificate: `08 02 12 21` and 33 bytes.
  Bytes peerKey();

  /// The address the peer is seen at.
  InetSocketAddress remote();

  /// Whether this end opened the link.
  boolean dialled();

  /// Fills `target` with at least one byte, waiting for it.
  ///
  /// @return the number of bytes read, or -1 at the orderly end of the link
  /// @throws IOException when the link broke
  int read(ByteBuffer target) throws IOException, InterruptedException;

  /// Writes the remaining bytes of all `parts` in order, waiting while the link's buffer is full.
  ///
  /// On return the bytes belong to the caller again; they may not have left the machine yet.
  ///
  /// @throws IOException when the link broke
  void write(ByteBuffer... parts) throws IOException, InterruptedException;

  /// Ends the link; waiting reads and writes fail. Bytes written before are still delivered where
  /// the peer lives. Idempotent, does not wait.
  @Override
  void close();
}
