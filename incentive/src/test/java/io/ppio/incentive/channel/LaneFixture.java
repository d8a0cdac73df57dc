package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.incentive.fixtures.Samples;
import io.ppio.incentive.fixtures.WholeWindow;
import java.math.BigInteger;
import java.time.Instant;

/// A lane of 20 pieces in windows of 8, at 100 wei per chi, and a grant for all of it.
final class LaneFixture {
  static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  static final Instant EXPIRES = NOW.plusSeconds(3_600);
  static final BigInteger PRICE = BigInteger.valueOf(100);
  static final BigInteger CAP = BigInteger.valueOf(20 * 1_000);
  static final LaneKeys KEYS = new LaneKeys(hash(9), new Windows(20, 8));
  static final LaneTerms TERMS = new LaneTerms(hash(1), hash(2), hash(3), 8, KEYS.keyRoot());
  static final Voucher.LaneName NAME = new Voucher.LaneName(hash(4), hash(1), hash(5));

  private LaneFixture() {}

  static Hash hash(int i) {
    return Hash.sha256(new byte[] {(byte) i});
  }

  static LaneAgreement agreement() {
    return agreement(CAP);
  }

  static LaneAgreement agreement(BigInteger cap) {
    return new LaneAgreement(
        NAME,
        TERMS,
        KEYS.keyHashes(),
        new LaneAgreement.Money(Samples.CHANNEL.publicKey(), PRICE, cap, EXPIRES),
        20);
  }

  static Voucher.WindowClaim whole(int window) {
    return WholeWindow.claim(window, KEYS.windows().length(window), KEYS.keyHashes().get(window));
  }

  /// The voucher of an honest reader that opens windows in their order.
  static Voucher voucher(int window) {
    BigInteger before = BigInteger.valueOf(window * 8_000L);
    return voucher(window + 1L, before, whole(window));
  }

  static Voucher voucher(long seq, BigInteger settled, Voucher.WindowClaim claim) {
    return new Voucher(
        NAME,
        seq,
        settled,
        BigInteger.valueOf(claim.pieces() * 1_000L),
        claim,
        TERMS.cipheredRoot(),
        EXPIRES.getEpochSecond());
  }

  static SignedStatement<Voucher> sign(Voucher voucher) {
    return Statement.sign(voucher, Samples.CHANNEL);
  }
}
