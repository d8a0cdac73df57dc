package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The vouchers of one lane that counted, in the order of their numbers. A window takes as many as
/// it has pieces and [#REPEATS_MAX] more, whatever they pay, which bounds their number.
public record VoucherTrail(List<Entry> entries) {
  /// How often an opened window is served again for nothing (incentive specification 7.2).
  public static final int REPEATS_MAX = 2;

  /// No voucher yet.
  public static final VoucherTrail NONE = new VoucherTrail(List.of());

  /// One voucher.
  ///
  /// @param digest what was signed
  /// @param locked wei
  /// @param repeats how often it was answered again
  public record Entry(long seq, Hash digest, int window, BigInteger locked, int repeats) {}

  public VoucherTrail {
    entries = List.copyOf(entries);
  }

  /// The highest number; 0 before the first voucher.
  public long seq() {
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  /// Wei of all windows opened by these vouchers: what the next one must settle.
  public BigInteger due() {
    return entries.stream().map(Entry::locked).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// Whether a window of `pieces` takes no further voucher: each honest one names a piece that was
  /// not paid for.
  boolean full(int window, int pieces) {
    return entries.stream().filter(entry -> entry.window() == window).count()
        >= pieces + REPEATS_MAX;
  }

  /// The voucher with this number.
  Optional<Entry> at(long seq) {
    return entries.stream().filter(entry -> entry.seq() == seq).findFirst();
  }

  VoucherTrail with(Voucher voucher) {
    List<Entry> next = new ArrayList<>(entries);
    next.add(
        new Entry(
            voucher.seq(), voucher.signedDigest(), voucher.window().index(), voucher.locked(), 0));
    return new VoucherTrail(next);
  }

  LaneAgreement.Judgement repeat(Entry entry) {
    if (entry.repeats() == REPEATS_MAX) {
      return new LaneAgreement.Judgement.Wrong(VoucherFault.TOO_OFTEN);
    }
    List<Entry> next = new ArrayList<>(entries);
    next.set(
        entries.indexOf(entry),
        new Entry(
            entry.seq(), entry.digest(), entry.window(), entry.locked(), entry.repeats() + 1));
    return new LaneAgreement.Judgement.Repeated(new VoucherTrail(next));
  }
}
