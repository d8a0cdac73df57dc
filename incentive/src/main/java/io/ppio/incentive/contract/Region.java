package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;

/// A place in the world as providers number it; 0 stands for any. Each is an unsigned 32-bit
/// number.
public record Region(int country, int isp, int state, int city) {
  /// Anywhere.
  public static final Region ANY = new Region(0, 0, 0, 0);

  static final int ENCODED_MAX = 24;

  byte[] encode() {
    return new CanonicalWriter().u32(1, country).u32(2, isp).u32(3, state).u32(4, city).toBytes();
  }

  static Region decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded, in -> new Region(in.u32(1), in.u32(2), in.u32(3), in.u32(4)));
  }
}
