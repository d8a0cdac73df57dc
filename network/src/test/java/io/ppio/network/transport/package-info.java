/// Tests of the multiplexer, the greeting, calls and services.
@NullMarked
package io.ppio.network.transport;

import org.jspecify.annotations.NullMarked;
