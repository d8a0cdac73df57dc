package io.ppio.network.transfer;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;

/// The bytes of [TransferMessage]s. The method says which message a body is.
public final class TransferCodec {
  private TransferCodec() {}

  /// The body.
  public static Bytes encode(TransferMessage message) {
    return RecordCodec.bytes((Record) message);
  }

  /// Reads the body that `type` asks for.
  public static <M extends TransferMessage> M decode(Class<M> type, Bytes encoded)
      throws MalformedMessage {
    return RecordCodec.decode(type, encoded);
  }
}
