/// What a user node can be asked, and the words in which it answers or refuses.
///
/// Open [io.ppio.node.user.api.UserApi]: what the interfaces above (JSON-RPC, command line,
/// simulator) ask of a user node. Nothing here knows HTTP or JSON. Interface specification,
/// sections 1 to 3.
@NullMarked
package io.ppio.node.user.api;

import org.jspecify.annotations.NullMarked;
