/// Deterministic simulations of whole networks. Open [io.ppio.check.sim.SimMain] and
/// [io.ppio.check.sim.putget.PutGetWorld].
@NullMarked
package io.ppio.check.sim;

import org.jspecify.annotations.NullMarked;
