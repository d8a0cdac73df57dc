package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Codec;
import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BeaconMessageTest {
  private static final int PLACES = 4;
  private final BeaconFixture fixture = BeaconFixture.of(PLACES);
  private final Hash one = HexHash.of("01".repeat(32));
  private final Seats reveals = Seats.empty(PLACES).with(0, one).with(2, one);
  private final BeaconTip first = new BeaconTip(0, fixture.rules().first());

  private List<BeaconMessage> messages() {
    return List.of(
        new BeaconMessage.Commit(7, one),
        new BeaconMessage.Reveal(Long.MAX_VALUE, one),
        new BeaconMessage.Proposal(300, 0, Seats.empty(PLACES)),
        new BeaconMessage.Proposal(300, 299, reveals),
        new BeaconMessage.Query(0),
        new BeaconMessage.Query(5));
  }

  @Test
  void haveExactBytes() {
    assertEquals("0807" + "1220" + "01".repeat(32), wire(0));
    assertEquals("08ac02", wire(2));
    assertEquals(
        "08ac02"
            + "10ab02"
            + "1a22"
            + "1220"
            + "01".repeat(32)
            + "1a24"
            + "0802"
            + "1220"
            + "01".repeat(32),
        wire(3));
    assertEquals("", wire(4));
  }

  private String wire(int index) {
    return BeaconCodec.encode(messages().get(index)).hex();
  }

  private static final Codec<BeaconMessage> PROOF =
      new Codec<>(
          message -> ProofCodec.encode(new ProofMessage.MakeBeacon(message)),
          encoded -> ((ProofMessage.MakeBeacon) ProofCodec.decode(encoded, PLACES)).message());

  private static final Codec<BeaconMessage.Entries> ENTRIES =
      new Codec<>(
          BeaconMessage.Entries::encode, encoded -> BeaconMessage.Entries.decode(encoded, PLACES));

  @Test
  void surviveARoundTrip() throws Exception {
    for (BeaconMessage message : messages()) {
      PROOF.roundTrip(message);
    }
    FinalBeacon entry = fixture.entry(first, 9, reveals, 3);
    assertEquals(entry, FinalBeacon.decode(entry.encode(), PLACES));
    assertEquals(List.of(1, 3), entry.missing());
    ENTRIES.roundTrip(new BeaconMessage.Entries(List.of(entry)));
    BeaconVote vote = new BeaconVote(new BeaconMessage.Proposal(300, 299, reveals), one);
    assertEquals(vote, BeaconVote.decode(vote.encode(), PLACES));
  }

  @Test
  void damageIsRefusedInOneWay() throws Exception {
    Random random = new Random(6);
    for (BeaconMessage message : messages()) {
      PROOF.surviveDamage(message, 200, random);
    }
    ENTRIES.surviveDamage(
        new BeaconMessage.Entries(List.of(fixture.entry(first, 9, reveals, 3))), 1000, random);
  }

  @Test
  void refusesPlacesThatDoNotExistOrDescend() {
    byte[] proposal = BeaconCodec.encode(new BeaconMessage.Proposal(300, 299, reveals)).toArray();
    assertThrows(MalformedMessage.class, () -> BeaconCodec.proposal(proposal, 2));
    byte[] twice = Arrays.copyOf(proposal, proposal.length + 36);
    System.arraycopy(proposal, proposal.length - 36, twice, proposal.length, 36);
    twice[twice.length - 35 + 2] = 1;
    assertThrows(MalformedMessage.class, () -> BeaconCodec.proposal(twice, PLACES));
  }
}
