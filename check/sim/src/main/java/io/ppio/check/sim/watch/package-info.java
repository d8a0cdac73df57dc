/// The environment of a node as a simulation sees it from outside, or spoils it on purpose.
///
/// Open [io.ppio.check.sim.watch.WatchedEnv] first. Nothing here is named by a role: a role runs on
/// the environment that it is given. Used by the one thread of a world.
@NullMarked
package io.ppio.check.sim.watch;

import org.jspecify.annotations.NullMarked;
