package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BeaconMessageTest {
  private static final int PLACES = 4;
  private final BeaconFixture fixture = BeaconFixture.of(PLACES);
  private final Hash one = Hash.fromHex("01".repeat(32));
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
    assertEquals("0807" + "1220" + "01".repeat(32), hex(messages().get(0).encode()));
    assertEquals("08ac02", hex(messages().get(2).encode()));
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
        hex(messages().get(3).encode()));
    assertEquals("", hex(messages().get(4).encode()));
  }

  private static String hex(byte[] bytes) {
    return Bytes.of(bytes).hex();
  }

  @Test
  void surviveARoundTrip() throws Exception {
    for (BeaconMessage message : messages()) {
      assertEquals(message, BeaconMessage.decode(message.kind(), message.encode(), PLACES));
    }
    FinalBeacon entry = fixture.entry(first, 9, reveals, 3);
    assertEquals(entry, FinalBeacon.decode(entry.encode(), PLACES));
    assertEquals(List.of(1, 3), entry.missing());
    BeaconMessage.Entries entries = new BeaconMessage.Entries(List.of(entry));
    assertEquals(entries, BeaconMessage.Entries.decode(entries.encode(), PLACES));
    BeaconVote vote = new BeaconVote(new BeaconMessage.Proposal(300, 299, reveals), one);
    assertEquals(vote, BeaconVote.decode(vote.encode(), PLACES));
  }

  @Test
  void damageIsRefusedInOneWay() {
    Random random = new Random(6);
    for (BeaconMessage message : messages()) {
      for (int i = 0; i < 200; i++) {
        byte[] damaged = damage(random, message.encode());
        try {
          assertNotEquals(message, BeaconMessage.decode(message.kind(), damaged, PLACES));
        } catch (MalformedMessage e) {
          assertNotEquals("", e.toString());
        }
      }
    }
    byte[] entries =
        new BeaconMessage.Entries(List.of(fixture.entry(first, 9, reveals, 3))).encode();
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = damage(random, entries);
      try {
        BeaconMessage.Entries decoded = BeaconMessage.Entries.decode(damaged, PLACES);
        assertNotEquals(hex(entries), hex(decoded.encode()));
      } catch (MalformedMessage e) {
        assertNotEquals("", e.toString());
      }
    }
  }

  private static byte[] damage(Random random, byte[] good) {
    int kind = good.length == 0 ? 2 : random.nextInt(3);
    return switch (kind) {
      case 0 -> {
        byte[] flipped = good.clone();
        flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
      case 1 -> Arrays.copyOf(good, random.nextInt(good.length));
      default -> Arrays.copyOf(good, good.length + 1 + random.nextInt(3));
    };
  }

  @Test
  void refusesPlacesThatDoNotExistOrDescend() {
    byte[] proposal = new BeaconMessage.Proposal(300, 299, reveals).encode();
    assertThrows(MalformedMessage.class, () -> BeaconMessage.decode(6, proposal, 2));
    assertThrows(MalformedMessage.class, () -> BeaconMessage.decode(8, proposal, PLACES));
    byte[] twice = Arrays.copyOf(proposal, proposal.length + 36);
    System.arraycopy(proposal, proposal.length - 36, twice, proposal.length, 36);
    twice[twice.length - 35 + 2] = 1;
    assertThrows(MalformedMessage.class, () -> BeaconMessage.decode(6, twice, PLACES));
  }
}
