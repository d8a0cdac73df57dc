/// What is known about a node: where it is, what it offers, and its signed record of both.
///
/// Open [io.ppio.network.peer.PeerRecord] first; [io.ppio.network.peer.Contact] is what a caller
/// needs to reach someone. All but the address book are immutable values. Network specification,
/// sections 1.2 and 1.3.
@NullMarked
package io.ppio.network.peer;

import org.jspecify.annotations.NullMarked;
