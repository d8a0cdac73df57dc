/// What every role shares: identity, tunnels, the directory of service nodes, the beacon.
///
/// Open [io.ppio.node.host.NodeHost]. Network specification, sections 1.3, 1.6 and 1.10.
@NullMarked
package io.ppio.node.host;

import org.jspecify.annotations.NullMarked;
