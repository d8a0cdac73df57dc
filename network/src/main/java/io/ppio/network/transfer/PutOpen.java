package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.peer.CompactContact;
import io.ppio.network.peer.Contact;
import java.util.List;

/// `PUT_OPEN`: starts, or takes up again, the upload of one copy of a segment.
///
/// @param upload 16 bytes chosen by the user; makes the upload repeatable
/// @param contract the storage contract, 32 bytes
/// @param size bytes of the segment
/// @param root DT where the miner seals, RT where the user does
/// @param leaves the tile roots one after the other, or empty
/// @param forward who gets the pieces from this miner, with their contracts
/// @param sealPlan how the copy is sealed; unsigned number of the data layer
/// @param token the match
public record PutOpen(
    Bytes upload,
    Hash contract,
    Hash segment,
    int size,
    Hash root,
    Bytes leaves,
    List<Forward> forward,
    int sealPlan,
    Bytes token) {
  /// Miners behind this one at most.
  public static final int FORWARD_MAX = 9;

  /// The id of a contract's upload, the same for every attempt: the first 16 bytes of
  /// `TH("ppio/upload/1", contract)`.
  public static Bytes uploadId(Hash contract) {
    return Hash.tagged("ppio/upload/1", new FixedWidth().hash(contract)).bytes().slice(0, 16);
  }

  /// A further miner that is to have a copy.
  ///
  /// @param miner reachable at one address at least
  /// @param token its match
  public record Forward(Contact miner, Hash contract, Bytes token) {
    private static final int ENCODED_MAX =
        CompactContact.SIZE_MAX + Hash.SIZE + TransferLimits.TOKEN_MAX + 16;

    public Forward {
      TransferLimits.token(token);
    }

    byte[] encode() {
      Bytes contact =
          CompactContact.encode(miner)
              .orElseThrow(() -> new IllegalStateException("miner without an address"));
      return new CanonicalWriter().bytes(1, contact).hash(2, contract).bytes(3, token).toBytes();
    }

    static Forward decode(byte[] encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Contact miner = in.message(1, CompactContact.SIZE_MAX, CompactContact::decode);
      Forward forward = new Forward(miner, in.hash(2), in.bytes(3, TransferLimits.TOKEN_MAX));
      in.end();
      return forward;
    }
  }

  public PutOpen {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
    Check.range(size, 1, TransferLimits.SEGMENT_BYTES_MAX, "segment size");
    TransferLimits.leaves(leaves);
    forward = List.copyOf(forward);
    Check.range(forward.size(), 0, FORWARD_MAX, "forwards");
    TransferLimits.token(token);
  }

  /// Fields 1 to 9.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .bytes(1, upload)
            .hash(2, contract)
            .hash(3, segment)
            .u32(4, size)
            .hash(5, root)
            .bytes(6, leaves)
            .list(7, forward, Forward::encode)
            .u32(8, sealPlan)
            .bytes(9, token)
            .toBytes());
  }

  public static PutOpen decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    Bytes upload = in.fixedBytes(1, TransferLimits.ID_SIZE);
    Hash contract = in.hash(2);
    Hash segment = in.hash(3);
    int size = in.u32(4, TransferLimits.SEGMENT_BYTES_MAX);
    if (size == 0) {
      throw new MalformedMessage("empty segment");
    }
    PutOpen message =
        new PutOpen(
            upload,
            contract,
            segment,
            size,
            in.hash(5),
            TransferLimits.leaves(in, 6),
            in.list(7, FORWARD_MAX, Forward.ENCODED_MAX, Forward::decode),
            in.u32(8),
            in.bytes(9, TransferLimits.TOKEN_MAX));
    in.end();
    return message;
  }

  /// The answer.
  ///
  /// @param have the pieces that an earlier attempt brought
  /// @param reservedUntil wall milliseconds until which the space is kept
  public record Answer(PieceSet have, long reservedUntil) {
    /// Fields 1 and 2.
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter();
      have.write(out, 1);
      return Bytes.of(out.u64(2, reservedUntil).toBytes());
    }

    public static Answer decode(Bytes encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Answer answer = new Answer(PieceSet.read(in, 1), in.u64(2));
      in.end();
      return answer;
    }
  }
}
