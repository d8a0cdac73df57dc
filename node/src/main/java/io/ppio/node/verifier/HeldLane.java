package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.data.proof.pod.Delivery;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.VoucherTrail;
import java.time.Instant;
import java.util.Optional;

/// One lane whose keys this verifier holds, and its state.
///
/// The state is changed by one task at a time, from [#enter] to [#leave], so that a step is durable
/// before the next one is taken. Everything else is immutable.
final class HeldLane {
  private final ChannelRequest request;
  private final LaneDeposit deposit;
  private final LaneAgreement agreement;
  private final LaneKeys keys;
  private final Monitor monitor;
  private KeyLane state;
  private boolean busy;

  /// A lane whose miner is asked for a spot check from now on.
  ///
  /// @param deposit already checked against `request`
  HeldLane(Clock clock, ChannelRequest request, LaneDeposit deposit, LaneAgreement agreement) {
    this.request = request;
    this.deposit = deposit;
    this.agreement = agreement;
    this.keys = new LaneKeys(deposit.secret(), agreement.windows());
    this.monitor = new Monitor(clock);
    this.state = KeyLane.ofVerifier(agreement, clock.wall());
  }

  ChannelRequest request() {
    return request;
  }

  LaneDeposit deposit() {
    return deposit;
  }

  LaneAgreement agreement() {
    return agreement;
  }

  LaneKeys keys() {
    return keys;
  }

  /// The lane's name.
  Hash id() {
    return agreement.name().lane();
  }

  PeerId miner() {
    return deposit.match().body().miner().peerId();
  }

  /// What can be checked about the lane.
  Delivery delivery() {
    Windows windows = agreement.windows();
    return new Delivery(
        windows,
        deposit.plainRoot(),
        agreement.terms().cipheredRoot(),
        agreement.terms().keyRoot());
  }

  /// The offer under both signatures.
  LaneOffer offer(PrivateKey key) {
    return new LaneOffer(deposit.signedTerms(), Optional.empty(), agreement.keyHashes())
        .confirm(key);
  }

  /// Begins a step, after the one that another task has begun.
  void enter() throws InterruptedException {
    monitor.lock();
    try {
      while (busy) {
        monitor.await();
      }
      busy = true;
    } finally {
      monitor.unlock();
    }
  }

  /// Ends a step.
  void leave() {
    monitor.lock();
    try {
      busy = false;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// The state; only between [#enter] and [#leave].
  KeyLane state() {
    return state;
  }

  /// Changes the state; only between [#enter] and [#leave].
  void become(KeyLane next) {
    state = next;
  }

  /// Waits for the miner's answer to another spot check from `now` on; only between [#enter] and
  /// [#leave].
  void check(Instant now) {
    state = KeyLane.ofVerifier(agreement, now);
  }

  /// Goes on where an earlier run stopped; before any task knows the lane.
  void resume(VoucherTrail trail) {
    state = new KeyLane.Serving(agreement, trail);
  }

  /// The state as of some moment of this call.
  KeyLane look() throws InterruptedException {
    enter();
    try {
      return state;
    } finally {
      leave();
    }
  }
}
