/// The deterministic twin of the world: virtual time, one scheduler, seeded faults on links and
/// disks.
@NullMarked
package io.ppio.env.simulated;

import org.jspecify.annotations.NullMarked;
