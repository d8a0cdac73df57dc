/// Environments around another one: what a simulation sees of a node from outside, or spoils on
/// purpose.
///
/// Open [io.ppio.env.simulated.around.AroundEnv] first. Nothing here is named by a role: a role
/// runs on the environment that it is given. As safe for use by several threads as what is inside.
@NullMarked
package io.ppio.env.simulated.around;

import org.jspecify.annotations.NullMarked;
