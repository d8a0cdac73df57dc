package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.consensus.committee.WeightedDraw;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Known answers: data and proofs specification 9.1 row 41, consensus specification 20.
class BeaconVectorTest {
  private static final int NET = 0x5050494f;
  private static final Hash RHO_1 =
      Hash.fromHex("adde5d4784df18417d49e13fc4f2ec2019af2594572203783c55d876fb2493e1");

  private static Hash h(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void mixesRevealsAndZeroForAMissingOne() {
    Seats reveals = Seats.empty(2).with(0, h("r1"));
    assertEquals(
        "181c5e343ebbf25c2d9cf9bed86d4a67739ae7fa5450cb5e525306f96f2205c3",
        BeaconRules.value(BeaconRules.first(NET), 1, reveals).hex());
  }

  private static Account account(int digit) {
    return new Account(Bytes.fromHex(("" + digit + digit).repeat(20)));
  }

  private static String producers(long height) {
    List<WeightedDraw.Member> members =
        List.of(
            new WeightedDraw.Member(account(4), 12),
            new WeightedDraw.Member(account(2), 32),
            new WeightedDraw.Member(account(1), 32),
            new WeightedDraw.Member(account(3), 26));
    return WeightedDraw.producers(RHO_1, height, members).order(6).stream()
        .map(drawn -> drawn.bytes().hex().substring(0, 2))
        .toList()
        .toString();
  }

  @Test
  void drawsThePublishedOrderOfProducers() {
    assertEquals("[11, 33, 44, 22, 44, 22]", producers(2));
    assertEquals("[22, 11, 33, 44, 22, 11]", producers(3));
  }
}
