/// Deterministic simulations of whole networks. Open [io.ppio.sim.SimMain] and
/// [io.ppio.sim.putget.PutGetWorld].
@NullMarked
package io.ppio.sim;

import org.jspecify.annotations.NullMarked;
