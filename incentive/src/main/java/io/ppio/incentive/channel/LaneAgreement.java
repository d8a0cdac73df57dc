package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Check;
import io.ppio.incentive.market.Tariff;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/// What reader, miner and key holder of a lane agree on, and so how each of them judges a voucher.
///
/// @param name the lane with its channel and chain
/// @param terms as the miner signed them
/// @param keyHashes `H(K_j)` of every window, checked against the terms
/// @param money what the channel pays
/// @param pieces of the segment
public record LaneAgreement(
    Voucher.LaneName name, LaneTerms terms, List<Hash> keyHashes, Money money, int pieces) {
  /// What the channel pays.
  ///
  /// @param channelKey signs the vouchers
  /// @param chiprice wei per chi
  /// @param cap wei for this miner, from its grant
  /// @param expires end of the channel; vouchers lock until then
  public record Money(PublicKey channelKey, BigInteger chiprice, BigInteger cap, Instant expires) {}

  public LaneAgreement {
    keyHashes = List.copyOf(keyHashes);
    Check.that(
        LaneKeys.keyRoot(keyHashes).equals(terms.keyRoot())
            && keyHashes.size() == new Windows(pieces, terms.windowPieces()).count(),
        "key hashes fit the terms");
  }

  /// How the segment is cut.
  public Windows windows() {
    return new Windows(pieces, terms.windowPieces());
  }

  /// Wei for `count` pieces.
  public BigInteger price(int count) {
    return Tariff.pieces(count, money.chiprice());
  }

  /// What there is to say about a voucher, given those accepted before.
  public Judgement judge(SignedStatement<Voucher> voucher, VoucherTrail trail, Instant now) {
    Hash digest = voucher.body().signedDigest();
    var known = trail.at(voucher.body().seq());
    if (known.isPresent()) {
      return known.get().digest().equals(digest)
          ? trail.repeat(known.get())
          : new Judgement.Wrong(VoucherFault.EQUIVOCATION);
    }
    VoucherFault fault = fault(voucher, trail, now);
    return fault == VoucherFault.NONE
        ? new Judgement.Fresh(trail.with(voucher.body()))
        : new Judgement.Wrong(fault);
  }

  private VoucherFault fault(SignedStatement<Voucher> signed, VoucherTrail trail, Instant now) {
    Voucher voucher = signed.body();
    Voucher.WindowClaim claim = voucher.window();
    if (!voucher.lane().equals(name) || !voucher.cipheredRoot().equals(terms.cipheredRoot())) {
      return VoucherFault.OTHER_LANE;
    }
    if (claim.index() >= keyHashes.size() || !claim.fits(windows().length(claim.index()))) {
      return VoucherFault.WRONG_WINDOW;
    }
    if (!claim.keyHash().equals(keyHashes.get(claim.index()))) {
      return VoucherFault.WRONG_KEY;
    }
    if (voucher.seq() < trail.seq()) {
      return VoucherFault.OLD;
    }
    if (trail.full(claim.index(), windows().length(claim.index()))) {
      return VoucherFault.TOO_OFTEN;
    }
    if (!voucher.locked().equals(price(claim.pieces()))
        || voucher.settled().compareTo(trail.due()) < 0) {
      return VoucherFault.WRONG_AMOUNT;
    }
    if (voucher.settled().add(voucher.locked()).compareTo(money.cap()) > 0) {
      return VoucherFault.OVER_CAP;
    }
    if (!now.isBefore(money.expires())
        || voucher.lockExpirySeconds() < money.expires().getEpochSecond()) {
      return VoucherFault.EXPIRED;
    }
    return signed.isBy(money.channelKey()) ? VoucherFault.NONE : VoucherFault.NOT_SIGNED;
  }

  /// What a voucher is worth.
  public sealed interface Judgement {
    /// It counts.
    ///
    /// @param trail with it
    record Fresh(VoucherTrail trail) implements Judgement {}

    /// It counted before and may be answered once more.
    ///
    /// @param trail with the repetition counted
    record Repeated(VoucherTrail trail) implements Judgement {}

    /// It counts for nothing.
    record Wrong(VoucherFault fault) implements Judgement {}
  }
}
