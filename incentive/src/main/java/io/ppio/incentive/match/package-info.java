/// Chooses the miners of an order; open [io.ppio.incentive.match.Matcher].
///
/// Incentive specification, 5.2; network specification, 8.1; data and proofs specification, 1.8.
/// Pure functions.
@NullMarked
package io.ppio.incentive.match;

import org.jspecify.annotations.NullMarked;
