package io.ppio.node.user.get;

import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.wire.Status;

/// A miner did not deliver in a lane.
final class LaneFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final Trouble trouble;
  private final boolean blame;

  LaneFailed(Trouble trouble, String reason) {
    super(reason);
    this.trouble = trouble;
    this.blame = true;
  }

  /// A call that failed; a miner that says it has no copy, yet or any more, or that it does not
  /// know our channel, is not to blame.
  LaneFailed(CallFailed cause) {
    super(cause.getMessage(), cause);
    this.trouble = cause.status() == Status.CORRUPT ? Trouble.CORRUPT : Trouble.NO_ANSWER;
    this.blame =
        switch (cause.status()) {
          case NOT_FOUND, OVERLOADED, PAYMENT_REQUIRED -> false;
          default -> true;
        };
  }

  /// What is to be reported.
  Trouble trouble() {
    return trouble;
  }

  /// Whether the miner is at fault and is to be reported.
  boolean blame() {
    return blame;
  }
}
