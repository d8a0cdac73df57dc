package io.ppio.data.proof.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Row 32 of the known answers (data and proofs specification 9.1), and C23 for the sampler alone.
class ChallengeVectorTest {
  private static final Hash RID =
      HexHash.of("4996fa555d4f1fdf7e875d7b9ed6aa6a941658343a93140385f397548359c5e3");

  private static Hash h(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.US_ASCII));
  }

  private final Challenge challenge =
      Challenge.of(
          h("beacon-100"), new Challenge.Subject(RID, 7, ProofType.POD), h("verifier-nonce"));

  @Test
  void seed() {
    assertEquals(
        "7a119a3d34b0d10edb8b3616954e71f1165c62ea2b59509e02c835304184709c", challenge.seed().hex());
  }

  @Test
  void positions() {
    assertEquals(List.of(14L, 3L, 26L, 172L, 105L), challenge.positions(5, 256));
  }

  @Test
  void typesAndPeriodsGiveOtherSeeds() {
    var seeds =
        java.util.stream.Stream.of(ProofType.values())
            .map(type -> Challenge.of(h("b"), new Challenge.Subject(RID, 7, type)).seed())
            .distinct()
            .count();
    assertEquals(ProofType.values().length, seeds);
  }

  @Test
  void positionsAreUniform() {
    int n = 100;
    int draws = 100_000;
    int[] count = new int[n];
    for (int i = 0; i < draws; i++) {
      count[(int) challenge.position(i, n)]++;
    }
    double expected = (double) draws / n;
    double chi2 = 0;
    for (int c : count) {
      chi2 += (c - expected) * (c - expected) / expected;
    }
    // 99 degrees of freedom: p > 0.001 below 149.4; the draws are fixed, so is the outcome
    assertTrue(chi2 < 149.4, "chi square " + chi2);
  }
}
