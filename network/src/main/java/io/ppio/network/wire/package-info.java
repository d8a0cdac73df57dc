/// What two nodes say to each other whatever carries it: envelope, frame, methods, status codes and
/// the greeting.
///
/// Open [io.ppio.network.wire.Envelope] first. Nothing here waits or keeps state. Network
/// specification, sections 1.6 to 1.8.
@NullMarked
package io.ppio.network.wire;

import org.jspecify.annotations.NullMarked;
