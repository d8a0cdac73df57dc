package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.MinerLane;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One lane that is being served: its keys, its trees, and the state that says what may be sent.
///
/// The monitor guards the state; a task that asks for an unpaid piece waits on it for the voucher.
/// Safe for concurrent use.
final class ServedLane {
  /// What never changes.
  ///
  /// @param reader who opened the channel with us
  /// @param ciphered the tree over R'
  record Fixed(
      Hash id,
      PeerId reader,
      Optional<PeerId> holder,
      CopyRecord copy,
      LaneKeys keys,
      SegmentTree ciphered,
      LaneAgreement agreement,
      LaneOffer offer) {
    @Override
    public String toString() {
      return "lane " + id;
    }
  }

  private final Fixed fixed;
  private final Clock clock;
  private final Monitor monitor;
  private final AtomicBoolean announcing = new AtomicBoolean();
  private MinerLane state;

  ServedLane(Clock clock, Fixed fixed) {
    this.fixed = fixed;
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.state = MinerLane.open(fixed.agreement(), MinerLane.AHEAD_MAX);
  }

  Fixed fixed() {
    return fixed;
  }

  Hash channel() {
    return fixed.agreement().name().channel();
  }

  /// Whether the caller may send the lane's offer and keys now: nobody else is at it.
  boolean beginAnnouncing() {
    return announcing.compareAndSet(false, true);
  }

  /// The caller is done with it.
  void endAnnouncing() {
    announcing.set(false);
  }

  /// Lets `event` happen.
  ///
  /// @return what is to be done
  List<MinerLane.Effect> happen(MinerLane.Event event) {
    try (var _ = monitor.hold()) {
      MinerLane.Step step = state.on(event);
      state = step.next();
      monitor.signalAll();
      return step.effects();
    }
  }

  /// Asks for a piece; where it is only not paid for yet, waits for a voucher until `deadline`.
  ///
  /// @param elsewhere wei that other lanes of the channel take of the grant
  List<MinerLane.Effect> ask(int piece, BigInteger elsewhere, Deadline deadline)
      throws InterruptedException {
    List<MinerLane.Effect> unpaid =
        List.of(new MinerLane.Effect.RefusePiece(piece, MinerLane.Refusal.UNPAID));
    try (var _ = monitor.hold()) {
      while (true) {
        MinerLane.Step step = state.on(new MinerLane.Event.Asked(clock.wall(), piece, elsewhere));
        state = step.next();
        if (!step.effects().equals(unpaid) || deadline.passed()) {
          return step.effects();
        }
        monitor.await(deadline);
      }
    }
  }

  /// Whether it is over.
  boolean isClosed() {
    try (var _ = monitor.hold()) {
      return state instanceof MinerLane.Closed;
    }
  }

  /// Wei that this lane takes of its miner's grant.
  BigInteger taken() {
    try (var _ = monitor.hold()) {
      return state instanceof MinerLane.Open open ? open.taken() : BigInteger.ZERO;
    }
  }
}
