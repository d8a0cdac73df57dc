package io.ppio.incentive.market;

import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;

/// What must differ between the holders of one segment.
///
/// @param miner its account
/// @param payout account that is paid; the miner's own if it names no other
/// @param prefix of its address, see [io.ppio.network.peer.AddressPrefix]; empty where addresses do
///   not count
public record Site(Account miner, Account payout, Bytes prefix) {
  /// A miner that is paid itself and whose address does not count.
  public static Site of(Account miner) {
    return new Site(miner, miner, Bytes.EMPTY);
  }

  /// What forbids that this site and `other` hold the same segment, if anything does.
  java.util.Optional<Rule> conflict(Site other) {
    if (miner.equals(other.miner)) {
      return java.util.Optional.of(Rule.MINER);
    }
    if (payout.equals(other.payout)) {
      return java.util.Optional.of(Rule.PAYOUT);
    }
    return !prefix.isEmpty() && prefix.equals(other.prefix)
        ? java.util.Optional.of(Rule.PREFIX)
        : java.util.Optional.empty();
  }
}
