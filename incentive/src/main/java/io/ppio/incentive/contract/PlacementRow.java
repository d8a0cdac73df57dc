package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
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
    Hash segment,
    Hash plainRoot,
    int tiles,
    int copy,
    PublicKey miner,
    Hash contract,
    int profile,
    Hash sealedRoot) {
  /// Longest encoded row.
  public static final int ENCODED_MAX = 256;

  private static final int TILES_MAX = 128;

  public PlacementRow {
    Check.range(tiles, 1, TILES_MAX, "tiles");
    Check.range(copy, 0, Terms.COPIES_MAX - 1L, "copy");
    Check.range(profile, 0, 15, "seal profile");
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

  /// The row in canonical protobuf.
  public byte[] encode() {
    return new CanonicalWriter()
        .hash(1, segment)
        .hash(2, plainRoot)
        .u32(3, tiles)
        .u32(4, copy)
        .bytes(5, miner.compressed())
        .hash(6, contract)
        .u32(7, profile)
        .hash(8, sealedRoot)
        .toBytes();
  }

  /// Decodes one row.
  public static PlacementRow decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in ->
            new PlacementRow(
                in.hash(1),
                in.hash(2),
                in.u32(3),
                in.u32(4),
                in.message(5, PublicKey.SIZE, PublicKey::decode),
                in.hash(6),
                in.u32(7),
                in.hash(8)));
  }
}
