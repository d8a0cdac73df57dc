package io.ppio.network.peer;

import io.ppio.env.Bytes;

/// The /24 of an IPv4 address and the /48 of an IPv6 address: what one operator gets at once, so
/// that neighbours in it count as one.
public final class AddressPrefix {
  private static final int BYTES_V4 = 3;
  private static final int BYTES_V6 = 6;

  private AddressPrefix() {}

  /// The prefix of `address`; empty for loopback, and on a `lan` network for private addresses
  /// (network specification 1.9).
  ///
  /// @param address 4 or 16 bytes; an IPv4 address in IPv6 form counts as IPv4
  public static Bytes of(Bytes address, boolean lan) {
    Bytes ip = isMapped(address) ? address.slice(12, 16) : address;
    if (isLoopback(ip) || (lan && isPrivate(ip))) {
      return Bytes.EMPTY;
    }
    return ip.slice(0, ip.size() == 4 ? BYTES_V4 : BYTES_V6);
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
}
