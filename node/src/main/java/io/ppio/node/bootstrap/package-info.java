/// The bootstrap role: where a node that knows nobody begins. Open
/// [io.ppio.node.bootstrap.BootstrapNode].
@NullMarked
package io.ppio.node.bootstrap;

import org.jspecify.annotations.NullMarked;
