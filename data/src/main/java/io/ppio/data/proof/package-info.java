/// Provers and verifiers as pure functions: that a replica is stored, that it was delivered.
///
/// Data and proofs specification, section 5. What they need of signatures, contracts and beacons
/// they get as arguments; nothing here waits, stores or sends.
@NullMarked
package io.ppio.data.proof;

import org.jspecify.annotations.NullMarked;
