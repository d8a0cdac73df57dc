package io.ppio.node.user.get;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.ReaderLane;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.channel.Voucher.WindowClaim;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Pays for the windows of one lane and has them opened: runs what [ReaderLane] says. Used by one
/// task at a time.
final class Payment {
  private final NodeHost host;
  private final Channel channel;
  private final GetJournal journal;
  private final LaneAgreement agreement;
  private final Contact miner;
  private final UserLog log;
  private final Instant begun;
  private final long begunNanos;
  private Optional<PeerId> holder;
  private ReaderLane lane;
  private volatile BigInteger settled = BigInteger.ZERO;

  /// @param holder who shows the keys; the miner does where there is none
  record Parties(Contact miner, Optional<PeerId> holder) {}

  /// Deciphers the pieces of a window and takes them.
  @FunctionalInterface
  interface Opener {
    /// @return whether all of them are what was stored
    boolean open(Hash key) throws UserFailure;
  }

  Payment(
      NodeHost host,
      Channel channel,
      GetJournal journal,
      LaneAgreement agreement,
      Parties parties) {
    this.host = host;
    this.channel = channel;
    this.journal = journal;
    this.agreement = agreement;
    this.miner = parties.miner();
    this.holder = parties.holder();
    this.log = new UserLog(host.env().log());
    this.begun = host.env().clock().wall();
    this.begunNanos = host.env().clock().nanos();
    this.lane = ReaderLane.of(agreement);
  }

  /// Who is paid.
  PeerId miner() {
    return miner.id();
  }

  /// Wei for all windows that opened to what was stored.
  BigInteger settled() {
    return settled;
  }

  /// Promises payment for pieces of a window, gets its key and has it opened. Nothing is settled
  /// for another thing than what was stored.
  ///
  /// @param skipped pieces at its begin that are not paid for here, because another lane brought
  ///   them
  /// @param count pieces after them
  /// @throws LaneFailed when the lane is given up, now or before
  void buy(int window, int skipped, int count, Opener opener)
      throws LaneFailed, UserFailure, InterruptedException {
    if (!(lane instanceof ReaderLane.Ready)) {
      channel.lost(miner.id());
      throw new LaneFailed(Trouble.NO_ANSWER, "the lane was given up before");
    }
    Queue<ReaderLane.Event> events = new ArrayDeque<>();
    events.add(
        new ReaderLane.Event.Held(
            now(),
            new WindowClaim(window, bitmap(skipped, count), agreement.keyHashes().get(window))));
    while (!events.isEmpty()) {
      ReaderLane.Step step = lane.on(events.remove());
      lane = step.next();
      for (ReaderLane.Effect effect : step.effects()) {
        events.add(act(effect, opener));
      }
    }
    if (lane instanceof ReaderLane.Ready ready) {
      settled = ready.settled();
    } else {
      throw new IllegalStateException("a lane waits for nothing: " + lane);
    }
  }

  /// Time as the lane sees it: it never jumps.
  private Instant now() {
    return begun.plusNanos(host.env().clock().nanos() - begunNanos);
  }

  /// @return what came of it
  private ReaderLane.Event act(ReaderLane.Effect effect, Opener opener)
      throws LaneFailed, UserFailure, InterruptedException {
    return switch (effect) {
      case ReaderLane.Effect.LogVoucher(var voucher) -> {
        journal.promised(agreement.name().lane(), channel.sign(voucher));
        yield new ReaderLane.Event.Logged(now());
      }
      case ReaderLane.Effect.SendVoucher(var voucher, var to) -> send(channel.sign(voucher), to);
      case ReaderLane.Effect.Decipher(_, var key) ->
          new ReaderLane.Event.Checked(now(), opener.open(key));
      case ReaderLane.Effect.Report(var why) -> throw givenUp(why);
    };
  }

  /// The lane is over; another channel has another lane.
  private LaneFailed givenUp(ReaderLane.Why why) {
    channel.lost(miner.id());
    return switch (why) {
      case OVER_CAP ->
          new LaneFailed(new CallFailed(Status.PAYMENT_REQUIRED, "the grant is used up"));
      case REFUSED ->
          new LaneFailed(new CallFailed(Status.PAYMENT_REQUIRED, "the voucher was refused"));
      case WRONG_KEY -> new LaneFailed(Trouble.CORRUPT, "a key that does not open its window");
      case GARBAGE ->
          new LaneFailed(Trouble.CORRUPT, "a piece opens to other bytes than were stored");
      case KEY_WITHHELD -> new LaneFailed(Trouble.NO_ANSWER, "nobody shows the key of a window");
    };
  }

  /// The pieces after the first `skipped` ones.
  static Bytes bitmap(int skipped, int count) {
    byte[] bits = new byte[(skipped + count + 7) / 8];
    for (int i = skipped; i < skipped + count; i++) {
      bits[i / 8] |= (byte) (1 << i % 8);
    }
    return Bytes.of(bits);
  }

  /// Sends a voucher and waits for what comes of it, until the time has come to ask the miner or to
  /// give up. A key holder that fails is not asked again.
  private ReaderLane.Event send(SignedStatement<Voucher> voucher, ReaderLane.Receiver to)
      throws InterruptedException {
    Bytes message = LaneCodec.encode(new LaneMessage.Pay(voucher));
    boolean direct = holder.isEmpty() || to == ReaderLane.Receiver.MINER;
    Contact by = direct ? miner : host.directory().contact(holder.orElseThrow());
    Instant wake = lane.wakes().orElseThrow();
    try {
      if (!direct) {
        tell(message);
      }
      Optional<Reveal> reveal = ask(by, voucher.body(), message, Duration.between(now(), wake));
      if (reveal.isPresent() && (direct || reveal.get().opens(voucher.body().window().keyHash()))) {
        return new ReaderLane.Event.Revealed(now(), reveal.get());
      }
      log.laneDirect(miner.id(), by.id() + " shows no key of this voucher");
    } catch (CallFailed e) {
      if (direct && e.status() == Status.PAYMENT_REQUIRED) {
        return new ReaderLane.Event.Refused(now());
      }
      log.laneDirect(miner.id(), String.valueOf(e.getMessage()));
    }
    holder = Optional.empty();
    Instant failed = now();
    return failed.isBefore(wake)
        ? new ReaderLane.Event.Unreachable(failed)
        : new ReaderLane.Event.Tick(failed);
  }

  /// The miner's copy: it sends further windows only when it sees that they are paid for.
  private void tell(Bytes voucher) throws CallFailed, InterruptedException {
    host.peers().oneway(miner, Method.LANE, voucher, CallOptions.DEFAULT);
  }

  /// @return empty when the answer is no key of this voucher under the signature of `by`
  private Optional<Reveal> ask(Contact by, Voucher voucher, Bytes message, Duration within)
      throws CallFailed, InterruptedException {
    CallOptions options = CallOptions.DEFAULT.within(within);
    Bytes answer = host.peers().call(by, Method.LANE, message, options).body();
    try {
      SignedStatement<Reveal> reveal = Reveal.decode(answer.toArray());
      boolean fits =
          reveal.body().window() == voucher.window().index()
              && reveal.body().lane().equals(voucher.lane().lane())
              && reveal.isBy(by.id().publicKey());
      return fits ? Optional.of(reveal.body()) : Optional.empty();
    } catch (MalformedMessage e) {
      return Optional.empty();
    }
  }
}
