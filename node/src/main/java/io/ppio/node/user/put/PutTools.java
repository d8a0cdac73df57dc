package io.ppio.node.user.put;

import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.task.TransferMeter;

/// What the segments of one upload work with. All parts are safe for concurrent use.
record PutTools(
    AccountTools account, PutSettings settings, PutJournal journal, TransferMeter meter) {}
