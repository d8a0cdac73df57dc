package io.ppio.crypto.canonical;

/// Bytes from a peer or a disk that are not the message they claim to be. The peer is wrong, not
/// we.
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1;

  /// @param reason what is wrong and in which field; never contains the bytes themselves
  public MalformedMessage(String reason) {
    super(reason);
  }
}
