/// What storage and download cost and who owes what to whom: contracts, windows, certificates.
///
/// Start with [io.ppio.incentive.contract] for storing, [io.ppio.incentive.channel] for
/// downloading. Incentive specification, sections 3, 5, 7 and 8.
@NullMarked
package io.ppio.incentive;

import org.jspecify.annotations.NullMarked;
