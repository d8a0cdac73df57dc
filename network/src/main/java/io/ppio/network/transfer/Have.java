package io.ppio.network.transfer;

import io.ppio.data.cp.CpReader;
import io.ppio.data.cp.CpWriter;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// `HAVE`: the sender has got further pieces of a segment.
///
/// @param added their indexes
public record Have(Hash segment, List<Integer> added) {
  public Have {
    added = List.copyOf(added);
    Check.range(added.size(), 1, TransferLimits.PIECES_MAX, "pieces");
    added.forEach(TransferLimits::index);
  }

  /// Fields 1 and 2.
  public Bytes encode() {
    return Bytes.of(
        new CpWriter().hash(1, segment).packed(2, TransferLimits.longs(added)).toBytes());
  }

  public static Have decode(Bytes encoded) throws MalformedMessage {
    CpReader in = new CpReader(encoded);
    Hash segment = in.hash(1);
    List<Integer> added = TransferLimits.indexes(in, 2, TransferLimits.PIECES_MAX);
    in.end();
    if (added.isEmpty()) {
      throw new MalformedMessage("no pieces");
    }
    return new Have(segment, added);
  }
}
