package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.crypto.hash.Hash;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Known answers: data and proofs specification 9.1 row 41, consensus specification 20.
class BeaconVectorTest {
  private static final int NET = 0x5050494f;

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
}
