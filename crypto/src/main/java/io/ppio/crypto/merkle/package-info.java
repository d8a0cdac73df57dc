/// Merkle trees over stored bytes: 1 KiB blocks, 128 KiB tiles, segments of tiles.
///
/// Open [io.ppio.crypto.merkle.TileTree] and [io.ppio.crypto.merkle.SegmentTree]. Data and proofs
/// specification, section 1.4; shape and prefixes of RFC 6962.
@NullMarked
package io.ppio.crypto.merkle;

import org.jspecify.annotations.NullMarked;
