/// The user role: buckets, objects and transfers of one account.
///
/// Open [io.ppio.node.user.UserApi] first: what the interfaces above (JSON-RPC, command line,
/// simulator) ask of a user node. Nothing here knows HTTP or JSON. Interface specification,
/// sections 1 to 3.
@NullMarked
package io.ppio.node.user;

import org.jspecify.annotations.NullMarked;
