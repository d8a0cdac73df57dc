package io.ppio.network.transfer;

import io.ppio.env.Bytes;

/// What is said about the pieces of segments: the bodies of the methods 30 to 44 and their answers.
/// Bytes: [TransferCodec]; fields and who says what to whom: docs/protocol/messages.md.
public sealed interface TransferMessage
    permits SegmentMap,
        SegmentMap.Answer,
        GetPieces,
        GetPieces.Item,
        PutOpen,
        PutOpen.Answer,
        PutPiece,
        PutCommit,
        PutCommit.Answer,
        PutAbort,
        CopyFrom,
        CopyFrom.Answer {
  /// The encoded message.
  default Bytes encode() {
    return TransferCodec.encode(this);
  }
}
