/// Tests over real processes: a local network, its daemon, its programs.
@NullMarked
package io.ppio.api.system;

import org.jspecify.annotations.NullMarked;
