package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `PUT_COMMIT`: all pieces were sent; the miner answers when they are safe on its disk.
///
/// @param upload as in [PutOpen]
public record PutCommit(Bytes upload) {
  public PutCommit {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
  }

  /// Field 1.
  public Bytes encode() {
    return Bytes.of(new CanonicalWriter().bytes(1, upload).toBytes());
  }

  public static PutCommit decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    PutCommit message = new PutCommit(in.fixedBytes(1, TransferLimits.ID_SIZE));
    in.end();
    return message;
  }

  /// The answer.
  ///
  /// @param stageAck the miner's signed acknowledgement, of the incentive layer
  public record Answer(Bytes stageAck) {
    public Answer {
      Check.range(stageAck.size(), 1, TransferLimits.ACK_MAX, "acknowledgement");
    }

    /// Field 1.
    public Bytes encode() {
      return Bytes.of(new CanonicalWriter().bytes(1, stageAck).toBytes());
    }

    public static Answer decode(Bytes encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Bytes stageAck = in.bytes(1, TransferLimits.ACK_MAX);
      in.end();
      if (stageAck.isEmpty()) {
        throw new MalformedMessage("no acknowledgement");
      }
      return new Answer(stageAck);
    }
  }
}
