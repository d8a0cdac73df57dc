package io.ppio.incentive.market;

import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;

/// What must differ between the holders of one segment.
///
/// @param miner its account
/// @param payout account that is paid; the miner's own if it names no other
/// @param prefix of its address, see [#prefix]; empty where addresses do not count
public record Site(Account miner, Account payout, Bytes prefix) {
  private static final int PREFIX_BYTES_V4 = 3;
  private static final int PREFIX_BYTES_V6 = 6;

  /// A miner that is paid itself and whose address does not count.
  public static Site of(Account miner) {
    return new Site(miner, miner, Bytes.EMPTY);
  }

  /// The /24 or /48 of an address; empty for loopback, and on a `lan` network for private addresses
  /// (network specification 1.9).
  ///
  /// @param address 4 or 16 bytes; an IPv4 address in IPv6 form counts as IPv4
  public static Bytes prefix(Bytes address, boolean lan) {
    Bytes ip = isMapped(address) ? address.slice(12, 16) : address;
    if (isLoopback(ip) || (lan && isPrivate(ip))) {
      return Bytes.EMPTY;
    }
    return ip.slice(0, ip.size() == 4 ? PREFIX_BYTES_V4 : PREFIX_BYTES_V6);
  }

  private static boolean isMapped(Bytes ip) {
    return ip.size() == 16 && ip.slice(0, 12).equals(Bytes.fromHex("00000000000000000000ffff"));
  }

  private static boolean isLoopback(Bytes ip) {
    return ip.size() == 4
        ? ip.at(0) == 127
        : ip.equals(Bytes.fromHex("00000000000000000000000000000001"));
  }

  private static boolean isPrivate(Bytes ip) {
    if (ip.size() == 4) {
      return ip.at(0) == 10
          || (ip.at(0) == 172 && (ip.at(1) & 0xf0) == 16)
          || (ip.at(0) == 192 && ip.at(1) == 168)
          || (ip.at(0) == 169 && ip.at(1) == 254);
    }
    boolean uniqueLocal = (ip.at(0) & 0xfe) == 0xfc;
    boolean linkLocal = ip.at(0) == 0xfe && (ip.at(1) & 0xc0) == 0x80;
    return uniqueLocal || linkLocal;
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
