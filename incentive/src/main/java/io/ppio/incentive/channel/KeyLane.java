package io.ppio.incentive.channel;

import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.contract.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A lane as the drawn verifier sees it that holds its keys (data and proofs specification 5.2,
/// steps 4 to 13). Where none answers the miner shows them itself, see [MinerLane].
///
/// | in       | on                                          | to       | effects                |
/// |----------|---------------------------------------------|----------|------------------------|
/// | Checking | Answered in time, holds                     | Serving  | ConfirmOffer           |
/// | Checking | Answered in time, does not hold             | Closed   | ReportMiner FAILED     |
/// | Checking | Unanswered, or anything at the deadline     | Checking | AskMiner               |
/// | Checking | the same when the miner was asked twice     | Closed   | ReportMiner NO_ANSWER  |
/// | Serving  | Vouched, fresh                              | Serving  | LogVoucher, RevealKey  |
/// | Serving  | Vouched, answered before                    | Serving  | RevealKey              |
/// | Serving  | Vouched, wrong                              | Serving  | RefuseVoucher          |
/// | Serving  | anything at the channel's end               | Closed   |                        |
///
/// Every other pair changes nothing; a voucher in another state is refused as expired. A key is
/// revealed only after a voucher for its window counted, which is only after the miner proved that
/// the ciphered form is the cipher of the contracted bytes. Pure: the role runs the effects in
/// their order, and a reveal only after the voucher is durable.
public sealed interface KeyLane {
  /// How long a miner may take to answer a spot check.
  Duration SPOT_DEADLINE = Duration.ofSeconds(1);

  /// How often a miner that does not answer is asked for a spot check.
  int ASKS_MAX = 2;

  /// The miner was asked for a spot check.
  ///
  /// @param asks how often
  record Checking(LaneAgreement agreement, int asks, Instant deadline) implements KeyLane {
    private Step again(Instant now) {
      return asks < ASKS_MAX
          ? ask(agreement, asks + 1, now)
          : new Step(new Closed(), List.of(new Effect.ReportMiner(Finding.Result.NO_ANSWER)));
    }

    private Step answered(boolean holds) {
      return holds
          ? new Step(new Serving(agreement, VoucherTrail.NONE), List.of(new Effect.ConfirmOffer()))
          : new Step(new Closed(), List.of(new Effect.ReportMiner(Finding.Result.FAILED)));
    }
  }

  /// Keys are exchanged for vouchers.
  record Serving(LaneAgreement agreement, VoucherTrail trail) implements KeyLane {}

  /// No key is revealed any more.
  record Closed() implements KeyLane {}

  /// How a lane begins: its miner is asked for a spot check at `now`.
  static Step begin(LaneAgreement agreement, Instant now) {
    return ask(agreement, 1, now);
  }

  private static Step ask(LaneAgreement agreement, int asks, Instant now) {
    return new Step(
        new Checking(agreement, asks, now.plus(SPOT_DEADLINE)), List.of(new Effect.AskMiner()));
  }

  /// What happens to a lane.
  sealed interface Event {
    /// When it happens.
    Instant now();

    /// The miner answered the spot check.
    ///
    /// @param holds whether all of it was right
    record Answered(Instant now, boolean holds) implements Event {}

    /// The miner could not be reached, or said nothing in time.
    record Unanswered(Instant now) implements Event {}

    /// A voucher arrived.
    record Vouched(Instant now, SignedStatement<Voucher> voucher) implements Event {}

    /// Time passed.
    record Tick(Instant now) implements Event {}
  }

  /// What the key holder does after a step.
  sealed interface Effect {
    /// Ask the miner for a spot check.
    record AskMiner() implements Effect {}

    /// Sign the offer and send it to the reader.
    record ConfirmOffer() implements Effect {}

    /// Report the miner: its ciphered form is not proven.
    ///
    /// @param result FAILED or NO_ANSWER
    record ReportMiner(Finding.Result result) implements Effect {}

    /// Keep the voucher durably, and send the miner its copy.
    record LogVoucher(SignedStatement<Voucher> voucher) implements Effect {}

    /// Answer with the key of `window`.
    record RevealKey(int window) implements Effect {}

    /// Answer that the voucher counts for nothing.
    record RefuseVoucher(VoucherFault fault) implements Effect {}
  }

  /// The state after an event, and what is to be done.
  record Step(KeyLane next, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// What `event` leads to.
  default Step on(Event event) {
    return switch (this) {
      case Checking checking ->
          switch (event) {
            case Event.Vouched _ -> refuse(this);
            case Event.Unanswered(var now) -> checking.again(now);
            case Event.Answered(var now, _) when !now.isBefore(checking.deadline()) ->
                checking.again(now);
            case Event.Answered(_, boolean holds) -> checking.answered(holds);
            case Event.Tick(var now) when !now.isBefore(checking.deadline()) -> checking.again(now);
            case Event.Tick _ -> new Step(this, List.of());
          };
      case Serving(var agreement, _) when !event.now().isBefore(agreement.money().expires()) ->
          event instanceof Event.Vouched ? refuse(new Closed()) : new Step(new Closed(), List.of());
      case Serving(var agreement, var trail) ->
          switch (event) {
            case Event.Vouched(var now, var voucher) ->
                vouched(agreement, voucher, agreement.judge(voucher, trail, now));
            case Event.Answered _, Event.Unanswered _, Event.Tick _ -> new Step(this, List.of());
          };
      case Closed _ -> event instanceof Event.Vouched ? refuse(this) : new Step(this, List.of());
    };
  }

  private Step vouched(
      LaneAgreement agreement,
      SignedStatement<Voucher> voucher,
      LaneAgreement.Judgement judgement) {
    int window = voucher.body().window().index();
    return switch (judgement) {
      case LaneAgreement.Judgement.Fresh(var trail) ->
          new Step(
              new Serving(agreement, trail),
              List.of(new Effect.LogVoucher(voucher), new Effect.RevealKey(window)));
      case LaneAgreement.Judgement.Repeated(var trail) ->
          new Step(new Serving(agreement, trail), List.of(new Effect.RevealKey(window)));
      case LaneAgreement.Judgement.Wrong(var fault) ->
          new Step(this, List.of(new Effect.RefuseVoucher(fault)));
    };
  }

  private static Step refuse(KeyLane next) {
    return new Step(next, List.of(new Effect.RefuseVoucher(VoucherFault.EXPIRED)));
  }
}
