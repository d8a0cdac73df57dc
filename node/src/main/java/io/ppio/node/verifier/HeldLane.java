package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.data.proof.pod.Delivery;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.env.Clock;
import io.ppio.env.Permits;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneOffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// One lane whose keys this verifier holds, and its state. Safe for use by any number of tasks;
/// everything but the state is immutable.
final class HeldLane {
  private final ChannelRequest request;
  private final LaneDeposit deposit;
  private final LaneAgreement agreement;
  private final LaneKeys keys;

  /// Held by the one task that takes a step.
  private final Permits stepping;

  private volatile KeyLane state;
  private volatile boolean calling;

  /// @param deposit already checked against `request`
  HeldLane(
      Clock clock,
      ChannelRequest request,
      LaneDeposit deposit,
      LaneAgreement agreement,
      KeyLane state) {
    this.request = request;
    this.deposit = deposit;
    this.agreement = agreement;
    this.keys = new LaneKeys(deposit.secret(), agreement.windows());
    this.stepping = new Permits(clock, 1);
    this.state = state;
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
    return new Delivery(
        agreement.windows(),
        deposit.plainRoot(),
        agreement.terms().cipheredRoot(),
        agreement.terms().keyRoot());
  }

  /// The offer under both signatures.
  LaneOffer offer(PrivateKey key) {
    return new LaneOffer(deposit.signedTerms(), Optional.empty(), agreement.keyHashes())
        .confirm(key);
  }

  /// Takes one step, after the one that another task has begun: what `store` must not forget is
  /// durable before the state changes, and so before anybody sees an effect.
  ///
  /// @return what the caller now does, in this order
  /// @throws IOException when it may not be durable; the step was not taken then
  List<KeyLane.Effect> step(KeyLane.Event event, LaneStore store)
      throws IOException, InterruptedException {
    stepping.acquire(1);
    try {
      KeyLane.Step step = state.on(event);
      for (KeyLane.Effect effect : step.effects()) {
        store.keep(this, effect);
      }
      state = step.next();
      return step.effects();
    } finally {
      stepping.release(1);
    }
  }

  /// A call to the miner, whose outcome is the lane's next event.
  @FunctionalInterface
  interface Call {
    KeyLane.Event outcome() throws InterruptedException;
  }

  /// Calls the miner and takes the step that the outcome leads to, as [#step] does.
  List<KeyLane.Effect> stepAfter(Call call, LaneStore store)
      throws IOException, InterruptedException {
    calling = true;
    try {
      return step(call.outcome(), store);
    } finally {
      calling = false;
    }
  }

  /// Whether a call to the miner is under way: it has a deadline of its own, so nobody else has to
  /// tell the lane the time.
  boolean isCalling() {
    return calling;
  }

  /// The state as of some moment of this call.
  KeyLane state() {
    return state;
  }
}
