package io.ppio.consensus.beacon;

import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import io.ppio.env.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The beacon messages in canonical protobuf (network specification 1.10, PROOF).
///
/// Commit: 1 e · 2 commit b32. Reveal: 1 e · 2 r b32. Proposal: 1 e · 2 e′ · 3 {1 i · 2 r b32}*64.
/// Query: 1 from. Entries: 1 {1 e · 2 e′ · 3 B b32 · 4 {1 i · 2 sig b65}*64 · 5 {1 i · 2 r
/// b32}*64}*256. Places i ascend; missing reveals are left out.
public final class BeaconCodec {
  private static final int SEAT_MAX = 80;
  private static final int ENTRY_MAX = 64 + 2 * Genesis.VERIFIERS_MAX * (SEAT_MAX + 2);

  private BeaconCodec() {}

  /// The bytes of `message`.
  public static Bytes encode(BeaconMessage message) {
    CanonicalWriter out = new CanonicalWriter();
    switch (message) {
      case BeaconMessage.Commit(var epoch, var hash) -> out.u64(1, epoch).hash(2, hash);
      case BeaconMessage.Reveal(var epoch, var hash) -> out.u64(1, epoch).hash(2, hash);
      case BeaconMessage.Proposal(var epoch, var previous, var reveals) ->
          write(out.u64(1, epoch).u64(2, previous), 3, reveals);
      case BeaconMessage.Query(var from) -> out.u64(1, from);
    }
    return Bytes.of(out.toBytes());
  }

  private static CanonicalWriter write(CanonicalWriter out, int field, Seats reveals) {
    List<Integer> present =
        IntStream.range(0, reveals.size()).filter(reveals::has).boxed().toList();
    return out.list(
        field, present, i -> new CanonicalWriter().u32(1, i).hash(2, reveals.at(i)).toBytes());
  }

  /// Decodes one.
  public static BeaconMessage.Commit commit(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, in -> new BeaconMessage.Commit(in.u64(1), in.hash(2)));
  }

  /// Decodes one.
  public static BeaconMessage.Reveal reveal(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, in -> new BeaconMessage.Reveal(in.u64(1), in.hash(2)));
  }

  /// Decodes one with seats for `places`.
  public static BeaconMessage.Proposal proposal(byte[] encoded, int places)
      throws MalformedMessage {
    return CanonicalReader.whole(
        encoded, in -> new BeaconMessage.Proposal(in.u64(1), in.u64(2), reveals(in, 3, places)));
  }

  /// Decodes one.
  public static BeaconMessage.Query query(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, in -> new BeaconMessage.Query(in.u64(1)));
  }

  private record Seat(int place, Hash hash) {
    static Seat decode(byte[] encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Seat seat = new Seat(in.u32(1, Genesis.VERIFIERS_MAX), in.hash(2));
      in.end();
      return seat;
    }
  }

  private static Seats reveals(CanonicalReader in, int field, int places) throws MalformedMessage {
    Seats seats = Seats.empty(places);
    int last = -1;
    for (Seat seat : in.list(field, Genesis.VERIFIERS_MAX, SEAT_MAX, Seat::decode)) {
      if (seat.place() <= last || seat.place() >= places || seat.hash().equals(Hash.ZERO)) {
        throw new MalformedMessage("reveals are out of order");
      }
      last = seat.place();
      seats = seats.with(last, seat.hash());
    }
    return seats;
  }

  static byte[] encode(FinalBeacon entry) {
    CanonicalWriter out =
        new CanonicalWriter()
            .u64(1, entry.epoch())
            .u64(2, entry.previous())
            .hash(3, entry.value())
            .list(4, entry.signatures(), BeaconCodec::encode);
    return write(out, 5, entry.reveals()).toBytes();
  }

  private static byte[] encode(SeatSignature seat) {
    return new CanonicalWriter().u32(1, seat.place()).bytes(2, seat.signature().bytes()).toBytes();
  }

  static FinalBeacon finalBeacon(byte[] encoded, int places) throws MalformedMessage {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      FinalBeacon entry =
          new FinalBeacon(
              in.u64(1),
              in.u64(2),
              in.hash(3),
              in.list(4, Genesis.VERIFIERS_MAX, SEAT_MAX, BeaconCodec::seatSignature),
              reveals(in, 5, places));
      in.end();
      return entry;
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage("final beacon: " + e.getMessage());
    }
  }

  private static SeatSignature seatSignature(byte[] encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    int place = in.u32(1, Genesis.VERIFIERS_MAX);
    Signature signature = Signature.decode(in.fixedBytes(2, Signature.SIZE).toArray());
    in.end();
    return new SeatSignature(place, signature);
  }

  static Bytes encode(BeaconMessage.Entries answer) {
    return Bytes.of(new CanonicalWriter().list(1, answer.entries(), BeaconCodec::encode).toBytes());
  }

  static BeaconMessage.Entries entries(byte[] encoded, int places) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    List<FinalBeacon> entries =
        new ArrayList<>(
            in.list(1, BeaconMessage.Entries.MAX, ENTRY_MAX, entry -> finalBeacon(entry, places)));
    in.end();
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i - 1).epoch() >= entries.get(i).epoch()) {
        throw new MalformedMessage("entries are out of order");
      }
    }
    return new BeaconMessage.Entries(entries);
  }
}
