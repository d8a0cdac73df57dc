package io.ppio.consensus.beacon;

import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import java.util.List;
import java.util.stream.IntStream;

/// The beacon messages in canonical protobuf (network specification 1.10, PROOF).
///
/// [Seats] have one hash for each verifier of genesis; on the wire missing ones are left out and
/// the others say whose they are, in ascending order.
public final class BeaconCodec {
  private BeaconCodec() {}

  /// A hash of the verifier at `place`.
  record SeatHash(@Field(value = 1, max = Genesis.VERIFIERS_MAX) int place, @Field(2) Hash hash) {}

  /// A [BeaconMessage.Proposal] on the wire.
  record ProposalForm(
      @Field(1) long epoch,
      @Field(2) long previous,
      @Field(value = 3, count = Genesis.VERIFIERS_MAX) List<SeatHash> reveals) {}

  /// A [FinalBeacon] on the wire.
  record EntryForm(
      @Field(1) long epoch,
      @Field(2) long previous,
      @Field(3) Hash value,
      @Field(value = 4, count = Genesis.VERIFIERS_MAX) List<SeatSignature> signatures,
      @Field(value = 5, count = Genesis.VERIFIERS_MAX) List<SeatHash> reveals) {
    static EntryForm of(FinalBeacon entry) {
      return new EntryForm(
          entry.epoch(),
          entry.previous(),
          entry.value(),
          entry.signatures(),
          hashes(entry.reveals()));
    }

    FinalBeacon entry(int places) {
      return new FinalBeacon(epoch, previous, value, signatures, seats(reveals, places));
    }
  }

  /// [BeaconMessage.Entries] on the wire.
  record EntriesForm(
      @Field(value = 1, count = BeaconMessage.Entries.MAX) List<EntryForm> entries) {}

  private static List<SeatHash> hashes(Seats seats) {
    return IntStream.range(0, seats.size())
        .filter(seats::has)
        .mapToObj(place -> new SeatHash(place, seats.at(place)))
        .toList();
  }

  /// @throws IllegalArgumentException unless the places exist and ascend
  private static Seats seats(List<SeatHash> hashes, int places) {
    Seats seats = Seats.empty(places);
    int last = -1;
    for (SeatHash seat : hashes) {
      if (seat.place() <= last || seat.place() >= places || seat.hash().equals(Hash.ZERO)) {
        throw new IllegalArgumentException("seats are out of order");
      }
      last = seat.place();
      seats = seats.with(last, seat.hash());
    }
    return seats;
  }

  /// The bytes of `message`.
  public static Bytes encode(BeaconMessage message) {
    return switch (message) {
      case BeaconMessage.Proposal(var epoch, var previous, var reveals) ->
          RecordCodec.bytes(new ProposalForm(epoch, previous, hashes(reveals)));
      case BeaconMessage.Commit _, BeaconMessage.Reveal _, BeaconMessage.Query _ ->
          RecordCodec.bytes((Record) message);
    };
  }

  /// Decodes a proposal with seats for `places`.
  public static BeaconMessage.Proposal proposal(byte[] encoded, int places)
      throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in -> {
          ProposalForm form = RecordCodec.of(ProposalForm.class).read(in);
          return new BeaconMessage.Proposal(
              form.epoch(), form.previous(), seats(form.reveals(), places));
        });
  }

  static byte[] encode(FinalBeacon entry) {
    return RecordCodec.bytes(EntryForm.of(entry)).toArray();
  }

  static FinalBeacon finalBeacon(byte[] encoded, int places) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded, in -> RecordCodec.of(EntryForm.class).read(in).entry(places));
  }

  static Bytes encode(BeaconMessage.Entries answer) {
    return RecordCodec.bytes(
        new EntriesForm(answer.entries().stream().map(EntryForm::of).toList()));
  }

  static BeaconMessage.Entries entries(byte[] encoded, int places) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in -> {
          List<FinalBeacon> entries =
              RecordCodec.of(EntriesForm.class).read(in).entries().stream()
                  .map(form -> form.entry(places))
                  .toList();
          for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).epoch() >= entries.get(i).epoch()) {
              throw new MalformedMessage("entries are out of order");
            }
          }
          return new BeaconMessage.Entries(entries);
        });
  }
}
