/// The market: chooses the miners of an order, and what it costs.
///
/// Open [io.ppio.incentive.market.Matcher] and [io.ppio.incentive.market.Tariff]. Incentive
/// specification, 3 and 5.2; network specification, 8.1; data and proofs specification, 1.8. Pure
/// functions.
@NullMarked
package io.ppio.incentive.market;

import org.jspecify.annotations.NullMarked;
