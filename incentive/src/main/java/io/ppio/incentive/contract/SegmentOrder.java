package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.Account;

/// A user's order to store one segment (incentive specification 5.1). It is signed together with
/// the others of its object: see [OrderBatch].
///
/// @param nonce tells repeated orders of the same bytes apart
/// @param sealing how the copies are sealed
/// @param announce whether holders may be listed in the public directory
public record SegmentOrder(
    Hash chainId,
    Account user,
    long nonce,
    Content content,
    Terms terms,
    PlacementWish placement,
    Sealing sealing,
    boolean announce) {
  /// Longest encoded order.
  public static final int ENCODED_MAX = 4096;

  /// How the copies of an order are sealed.
  ///
  /// @param profile number of the seal profile, 0 to 15
  /// @param userSalt goes into every replica id; zero is allowed
  public record Sealing(int profile, Hash userSalt) {
    private static final int PROFILE_MAX = 15;

    public Sealing {
      io.ppio.env.Check.range(profile, 0, PROFILE_MAX, "seal profile");
    }
  }

  /// The order in canonical protobuf.
  public byte[] encode() {
    return new CanonicalWriter()
        .hash(1, chainId)
        .bytes(2, user.bytes())
        .u64(3, nonce)
        .hash(4, content.segment())
        .u64(5, content.sizeBytes())
        .hash(6, content.plainRoot())
        .list(7, content.sealedRoots(), Hash::toArray)
        .u32(8, terms.copies())
        .u64(9, terms.beginSeconds())
        .u64(10, terms.expireSeconds())
        .amount(11, terms.chiprice())
        .message(12, placement.encode())
        .u64(13, terms.validUntilSeconds())
        .u32(14, sealing.profile())
        .hash(15, sealing.userSalt())
        .bool(16, announce)
        .toBytes();
  }

  /// Decodes one order.
  public static SegmentOrder decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, SegmentOrder::read);
  }

  private static SegmentOrder read(CanonicalReader in) throws MalformedMessage {
    Hash chainId = in.hash(1);
    Account user = in.message(2, Account.SIZE, Account::decode);
    long nonce = in.u64(3);
    Content content =
        new Content(
            in.hash(4), in.u64(5), in.hash(6), in.list(7, Terms.COPIES_MAX, Hash.SIZE, Hash::of));
    int copies = in.u32(8, Terms.COPIES_MAX);
    long begin = in.u64(9);
    long expire = in.u64(10);
    var chiprice = in.amount(11);
    PlacementWish placement = in.message(12, PlacementWish.ENCODED_MAX, PlacementWish::decode);
    Terms terms = new Terms(copies, begin, expire, chiprice, in.u64(13));
    Sealing sealing = new Sealing(in.u32(14), in.hash(15));
    return new SegmentOrder(chainId, user, nonce, content, terms, placement, sealing, in.bool(16));
  }

  /// The order's leaf `H(0x00 ‖ CP)`, which names it.
  public Hash hash() {
    return ListRoot.leaf(encode());
  }
}
