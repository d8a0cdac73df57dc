package io.ppio.incentive.contract;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.message.Field;
import io.ppio.env.Check;

/// What an indexer's table holds about one copy (data and proofs specification 1.5).
///
/// @param segment the chunk hash
/// @param plainRoot DT
/// @param tiles T, 1 to 128
/// @param copy from 0
/// @param profile number of the seal profile
/// @param sealedRoot RT, or [Hash#ZERO] before the copy is sealed
public record PlacementRow(
    @Field(1) Hash segment,
    @Field(2) Hash plainRoot,
    @Field(value = 3, max = PlacementRow.TILES_MAX, absent = "refused") int tiles,
    @Field(value = 4, max = Terms.COPIES_MAX - 1) int copy,
    @Field(5) PublicKey miner,
    @Field(6) Hash contract,
    @Field(value = 7, max = SegmentOrder.Sealing.PROFILE_MAX) int profile,
    @Field(8) Hash sealedRoot) {
  static final int TILES_MAX = 128;

  public PlacementRow {
    Check.range(tiles, 1, TILES_MAX, "tiles");
    Check.range(copy, 0, Terms.COPIES_MAX - 1L, "copy");
    Check.range(profile, 0, SegmentOrder.Sealing.PROFILE_MAX, "seal profile");
  }

  /// The row of a fresh match, not yet sealed.
  public static PlacementRow of(Match match) {
    Content content = match.order().content();
    return new PlacementRow(
        content.segment(),
        content.plainRoot(),
        content.tiles(),
        match.copy(),
        match.miner(),
        match.contractId(),
        match.order().sealing().profile(),
        Hash.ZERO);
  }

  /// The row of a copy that was sealed with root `root`.
  public PlacementRow sealed(Hash root) {
    return new PlacementRow(segment, plainRoot, tiles, copy, miner, contract, profile, root);
  }
}
