/// Files of tiles, the space they may take, and how well the disk does.
///
/// Open [io.ppio.physical.disk.TileFile] first. Data and proofs specification, section 1.7. Types
/// that touch the disk are safe for use by any number of tasks;
/// [io.ppio.physical.disk.TileAllocator] is a plain structure that its owner guards.
@NullMarked
package io.ppio.physical.disk;

import org.jspecify.annotations.NullMarked;
