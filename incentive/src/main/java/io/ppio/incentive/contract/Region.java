package io.ppio.incentive.contract;

import io.ppio.crypto.message.Field;

/// A place in the world as providers number it; 0 stands for any. Each is an unsigned 32-bit
/// number.
public record Region(
    @Field(1) int country, @Field(2) int isp, @Field(3) int state, @Field(4) int city) {
  /// Anywhere.
  public static final Region ANY = new Region(0, 0, 0, 0);
}
