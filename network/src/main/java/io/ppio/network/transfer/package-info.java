/// What user nodes, miners and indexers say to each other about the pieces of segments.
///
/// Open [io.ppio.network.transfer.GetPieces] and [io.ppio.network.transfer.PutOpen] first. All
/// types are immutable values with their bytes in canonical protobuf; payloads travel beside them.
/// Network specification, section 1.10, methods 30 to 44.
@NullMarked
package io.ppio.network.transfer;

import org.jspecify.annotations.NullMarked;
