/// The processes: a user daemon with its JSON-RPC service, and one node of any other role.
///
/// Open [io.ppio.api.daemon.UserDaemon] and [io.ppio.api.daemon.RoleDaemon]. Interface
/// specification, sections 4.2 to 5.4.
@NullMarked
package io.ppio.api.daemon;

import org.jspecify.annotations.NullMarked;
