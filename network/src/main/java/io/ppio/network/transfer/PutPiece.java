package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `PUT_PIECE`: one piece of an upload; its bytes are the payload. The answer, empty, says that the
/// piece was verified and kept.
///
/// @param upload as in [PutOpen]
/// @param proof the path from the tile root; empty when the leaves were sent
public record PutPiece(Bytes upload, int piece, Bytes proof) {
  public PutPiece {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
    TransferLimits.index(piece);
    TransferLimits.proof(proof);
  }

  /// Fields 1 to 3.
  public Bytes encode() {
    return Bytes.of(new CanonicalWriter().bytes(1, upload).u32(2, piece).bytes(3, proof).toBytes());
  }

  public static PutPiece decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    PutPiece message =
        new PutPiece(
            in.fixedBytes(1, TransferLimits.ID_SIZE),
            TransferLimits.index(in, 2),
            TransferLimits.proof(in, 3));
    in.end();
    return message;
  }
}
