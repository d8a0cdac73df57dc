/// The arithmetic of chi and wei; open [io.ppio.incentive.price.Tariff].
///
/// Incentive specification, section 3; interface specification, section 7. Pure functions.
@NullMarked
package io.ppio.incentive.price;

import org.jspecify.annotations.NullMarked;
