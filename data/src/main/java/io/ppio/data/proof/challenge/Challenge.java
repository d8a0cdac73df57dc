package io.ppio.data.proof.challenge;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Check;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A challenge: a seed, from which anybody draws the same positions.
///
/// `idx`, the draw, takes 128 bits modulo n; its bias is below n / 2^128.
public record Challenge(Hash seed) {
  private static final int DRAW_BYTES = 16;

  /// Which statement a seed is for.
  ///
  /// @param period unsigned
  public record Subject(Hash subject, long period, ProofType type) {}

  /// `TH("ppio/challenge", B(h) ‖ subject ‖ u64 period ‖ u8 type ‖ r_V)` with r_V of zero bytes:
  /// nobody chose it.
  public static Challenge of(Hash beacon, Subject subject) {
    return of(beacon, subject, Hash.ZERO);
  }

  /// The same with a verifier's fresh r_V, for types 3 and 6.
  public static Challenge of(Hash beacon, Subject subject, Hash nonce) {
    return new Challenge(
        Hash.tagged(
            "ppio/challenge",
            new FixedWidth()
                .hash(beacon)
                .hash(subject.subject())
                .u64(subject.period())
                .u8(subject.type().code())
                .hash(nonce)));
  }

  /// `idx(seed, counter, n)`: a position from 0 to n - 1.
  ///
  /// @param n at least 1
  public long position(int counter, long n) {
    Check.that(n > 0, "positions to draw from");
    byte[] draw = Hash.tagged("ppio/idx/v1", new FixedWidth().hash(seed).u32(counter)).toArray();
    return new BigInteger(1, Arrays.copyOf(draw, DRAW_BYTES))
        .mod(BigInteger.valueOf(n))
        .longValueExact();
  }

  /// The first `count` positions below `n`, in the order drawn; they may repeat.
  public List<Long> positions(int count, long n) {
    return IntStream.range(0, count).mapToObj(counter -> position(counter, n)).toList();
  }
}
