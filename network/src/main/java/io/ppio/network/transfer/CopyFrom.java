package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.peer.CompactContact;
import io.ppio.network.peer.Contact;

/// `COPY_FROM`: an indexer asks a miner to fetch a segment from another one. Repeated until the
/// miner's acknowledgement.
///
/// @param source who has it, reachable at one address at least
/// @param contract the storage contract of the new copy
/// @param token the match of the new copy
public record CopyFrom(Hash segment, Contact source, Hash contract, Bytes token) {
  public CopyFrom {
    TransferLimits.token(token);
  }

  /// Fields 1 to 5; field 3 is the kind, of which 0 (the data itself) is the only one.
  public Bytes encode() {
    Bytes contact =
        CompactContact.encode(source)
            .orElseThrow(() -> new IllegalStateException("source without an address"));
    return Bytes.of(
        new CanonicalWriter()
            .hash(1, segment)
            .bytes(2, contact)
            .hash(4, contract)
            .bytes(5, token)
            .toBytes());
  }

  public static CopyFrom decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    Hash segment = in.hash(1);
    Contact source = in.message(2, CompactContact.SIZE_MAX, CompactContact::decode);
    if (in.u32(3) != 0) {
      throw new MalformedMessage("unknown kind of copy");
    }
    CopyFrom message =
        new CopyFrom(segment, source, in.hash(4), in.bytes(5, TransferLimits.TOKEN_MAX));
    in.end();
    return message;
  }

  /// The answer.
  ///
  /// @param job 16 bytes by which the miner names the copy
  public record Answer(Bytes job) {
    public Answer {
      Check.size(job, TransferLimits.ID_SIZE, "job");
    }

    /// Field 1.
    public Bytes encode() {
      return Bytes.of(new CanonicalWriter().bytes(1, job).toBytes());
    }

    public static Answer decode(Bytes encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Answer answer = new Answer(in.fixedBytes(1, TransferLimits.ID_SIZE));
      in.end();
      return answer;
    }
  }
}
