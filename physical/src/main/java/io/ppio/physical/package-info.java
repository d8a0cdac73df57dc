/// Layer 1: disks and, with later issues, bandwidth.
///
/// Knows files of fixed-size tiles, space and checksums; what is in a tile is known to `data`.
@NullMarked
package io.ppio.physical;

import org.jspecify.annotations.NullMarked;
