package io.ppio.network.transfer;

import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `PUT_PIECE`: one piece of an upload; its bytes are the payload. The answer, empty, says that the
/// piece was verified and kept.
///
/// @param upload as in [PutOpen]
/// @param proof the path from the tile root; empty when the leaves were sent
@Sent(from = "user, miner", to = "miner")
public record PutPiece(
    @Field(value = 1, size = TransferLimits.ID_SIZE) Bytes upload,
    @Field(value = 2, max = TransferLimits.PIECES_MAX - 1) int piece,
    @Field(value = 3, max = TransferLimits.PROOF_MAX, unit = "MerklePath") Bytes proof)
    implements TransferMessage {
  public PutPiece {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
    TransferLimits.index(piece);
    TransferLimits.proof(proof);
  }
}
