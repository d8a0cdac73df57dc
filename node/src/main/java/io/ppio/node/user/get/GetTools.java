package io.ppio.node.user.get;

import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.task.TransferMeter;

/// What the segments of one download work with. All parts are safe for concurrent use.
///
/// @param offers where the offers of miners and key holders arrive
record GetTools(AccountTools account, LaneOffers offers, GetJournal journal, TransferMeter meter) {}
