package io.ppio.consensus.beacon;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Check;
import java.util.List;
import java.util.stream.IntStream;

/// A beacon value that enough verifiers signed, and everything from which a third party recomputes
/// it.
///
/// The signatures prove it final without any other entry; with B(e′) at hand the reveals prove that
/// the signers did not choose it.
///
/// @param epoch e, at least 1
/// @param previous e′ < e, the epoch whose value went into it
/// @param signatures places ascend
/// @param reveals one seat for each verifier
public record FinalBeacon(
    long epoch, long previous, Hash value, List<SeatSignature> signatures, Seats reveals) {
  public FinalBeacon {
    signatures = List.copyOf(signatures);
    Check.range(epoch, 1, Long.MAX_VALUE, "epoch");
    Check.range(previous, 0, epoch - 1, "previous epoch");
    for (int i = 1; i < signatures.size(); i++) {
      if (signatures.get(i - 1).place() >= signatures.get(i).place()) {
        throw new IllegalArgumentException("places of signatures must ascend");
      }
    }
  }

  /// The entry in its canonical protobuf.
  ///
  /// @param places verifiers of genesis
  public static FinalBeacon decode(byte[] encoded, int places) throws MalformedMessage {
    return BeaconCodec.finalBeacon(encoded, places);
  }

  /// Its canonical protobuf.
  public byte[] encode() {
    return BeaconCodec.encode(this);
  }

  /// The places that did not reveal: each of them has a strike.
  public List<Integer> missing() {
    return IntStream.range(0, reveals.size()).filter(i -> !reveals.has(i)).boxed().toList();
  }
}
