/// What a network is: its genesis, from which every other identity of the chain follows.
///
/// Open [io.ppio.consensus.chain.Genesis]. All types are immutable values. Consensus specification,
/// sections 4.1 and 14.1.
@NullMarked
package io.ppio.consensus.chain;

import org.jspecify.annotations.NullMarked;
