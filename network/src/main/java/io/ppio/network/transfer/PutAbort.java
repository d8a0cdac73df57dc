package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `PUT_ABORT`: the upload will not be finished; what was staged may go. The answer is empty.
///
/// @param upload as in [PutOpen]
/// @param reason unsigned, for logs
public record PutAbort(Bytes upload, int reason) {
  public PutAbort {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
  }

  /// Fields 1 and 2.
  public Bytes encode() {
    return Bytes.of(new CanonicalWriter().bytes(1, upload).u32(2, reason).toBytes());
  }

  public static PutAbort decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    PutAbort message = new PutAbort(in.fixedBytes(1, TransferLimits.ID_SIZE), in.u32(2));
    in.end();
    return message;
  }
}
