/// The world `put-get`: one user puts, gets, moves and deletes objects in a network in which
/// everything goes wrong.
///
/// Open [io.ppio.check.sim.putget.PutGetWorld] first. Used by the one thread of a world.
@NullMarked
package io.ppio.check.sim.putget;

import org.jspecify.annotations.NullMarked;
