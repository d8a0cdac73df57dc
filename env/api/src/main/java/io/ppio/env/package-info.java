/// The seam between protocol code and the world.
///
/// Open [io.ppio.env.Env] first. Everything above this module reads time, draws randomness, starts
/// tasks, opens links and touches disks only through it, so that the same classes run in production
/// (`io.ppio.env.real`) and in the deterministic simulator (`io.ppio.env.simulated`).
///
/// Only types of this package may block. A blocking type is safe for use by any number of tasks
/// unless its documentation says otherwise.
@NullMarked
package io.ppio.env;

import org.jspecify.annotations.NullMarked;
