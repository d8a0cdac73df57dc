/// The download of one object: open a channel, a lane for each segment, pay window by window.
///
/// Open [io.ppio.node.user.get.GetJob], then [io.ppio.node.user.get.LaneDownload]. Data and proofs
/// specification 5.2; incentive specification 7.
@NullMarked
package io.ppio.node.user.get;

import org.jspecify.annotations.NullMarked;
