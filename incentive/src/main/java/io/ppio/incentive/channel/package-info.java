/// Download channels and their lanes: what opens them, and the vouchers and reveals that exchange
/// coins for window keys.
///
/// Open [io.ppio.incentive.channel.DownloadOpen], then the three sides of a lane:
/// [io.ppio.incentive.channel.ReaderLane], [io.ppio.incentive.channel.MinerLane] and
/// [io.ppio.incentive.channel.KeyLane]. Incentive specification, section 7; data and proofs
/// specification, 5.2. Immutable values and pure functions, safe for use by any number of tasks.
@NullMarked
package io.ppio.incentive.channel;

import org.jspecify.annotations.NullMarked;
