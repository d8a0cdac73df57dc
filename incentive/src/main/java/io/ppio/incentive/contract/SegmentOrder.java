package io.ppio.incentive.contract;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;

/// A user's order to store one segment (incentive specification 5.1). It is signed together with
/// the others of its object: see [OrderBatch].
///
/// @param nonce tells repeated orders of the same bytes apart
/// @param sealing how the copies are sealed
/// @param announce whether holders may be listed in the public directory
public record SegmentOrder(
    @Field(1) Hash chainId,
    @Field(2) Account user,
    @Field(3) long nonce,
    Content content,
    Terms terms,
    Sealing sealing,
    @Field(16) boolean announce) {
  /// How the copies of an order are sealed.
  ///
  /// @param profile number of the seal profile, 0 to 15
  /// @param userSalt goes into every replica id; zero is allowed
  public record Sealing(
      @Field(value = 14, max = Sealing.PROFILE_MAX) int profile, @Field(15) Hash userSalt) {
    static final int PROFILE_MAX = 15;

    public Sealing {
      io.ppio.env.Check.range(profile, 0, PROFILE_MAX, "seal profile");
    }
  }

  /// The order's leaf `H(0x00 ‖ CP)`, which names it.
  public Hash hash() {
    return ListRoot.leaf(RecordCodec.bytes(this).toArray());
  }
}
