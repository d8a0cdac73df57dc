package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.env.Permits;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.MinerLane;
import io.ppio.incentive.channel.Voucher;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
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
  private final Monitor monitor;

  /// Held by the one task that takes a voucher.
  private final Permits taking;

  private final AtomicBoolean announcing = new AtomicBoolean();
  private MinerLane state;

  ServedLane(Clock clock, Fixed fixed) {
    this.fixed = fixed;
    this.monitor = new Monitor(clock);
    this.taking = new Permits(clock, 1);
    this.state = MinerLane.open(fixed.agreement(), MinerLane.AHEAD_MAX);
  }

  Fixed fixed() {
    return fixed;
  }

  /// Whether the caller may send the lane's offer and keys now: nobody else is at it.
  boolean beginAnnouncing() {
    return announcing.compareAndSet(false, true);
  }

  /// The caller is done with it.
  void endAnnouncing() {
    announcing.set(false);
  }

  /// Makes a voucher durable.
  @FunctionalInterface
  interface Keeping {
    void keep(SignedStatement<Voucher> voucher) throws IOException;
  }

  /// Takes a voucher: one that counts is made durable, and only then it counts. One after the
  /// other, so that the same voucher, come again meanwhile, is not answered before.
  ///
  /// @throws IOException when it may not be durable; it did not count then
  List<MinerLane.Effect> take(MinerLane.Event.Vouched event, Keeping keeping)
      throws IOException, InterruptedException {
    taking.acquire(1);
    try {
      for (MinerLane.Effect effect : judge(event).effects()) {
        if (effect instanceof MinerLane.Effect.LogVoucher(var counted)) {
          keeping.keep(counted);
        }
      }
      return count(event);
    } finally {
      taking.release(1);
    }
  }

  private MinerLane.Step judge(MinerLane.Event.Vouched event) {
    try (var _ = monitor.hold()) {
      return state.on(event);
    }
  }

  /// What pieces were sent since [#judge] does not change what the voucher is worth.
  private List<MinerLane.Effect> count(MinerLane.Event.Vouched event) {
    try (var _ = monitor.hold()) {
      MinerLane.Step step = state.on(event);
      state = step.next();
      monitor.signalAll();
      return step.effects();
    }
  }

  /// Asks for a piece; where it is only not paid for yet, waits for a voucher until `deadline`.
  MinerLane.Effect ask(int piece, BigInteger elsewhere, Clock clock, Deadline deadline)
      throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (true) {
        Instant now = clock.wall();
        MinerLane.Step step = state.on(new MinerLane.Event.Asked(now, piece, elsewhere));
        state = step.next();
        MinerLane.Effect effect = step.effects().getFirst();
        boolean unpaid =
            effect instanceof MinerLane.Effect.RefusePiece(_, MinerLane.Refusal why)
                && why == MinerLane.Refusal.UNPAID;
        if (!unpaid || deadline.passed()) {
          return effect;
        }
        monitor.await(deadline);
      }
    }
  }

  /// Wei that this lane takes of its miner's grant.
  BigInteger taken() {
    try (var _ = monitor.hold()) {
      return state instanceof MinerLane.Open open ? open.taken() : BigInteger.ZERO;
    }
  }
}
