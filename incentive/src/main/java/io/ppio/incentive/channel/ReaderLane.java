package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Check;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A lane as its reader sees it: a voucher for each window, logged before it is sent, and no second
/// one before the first has opened (incentive specification 7.2).
///
/// | in       | on                             | to       | effects                         |
/// |----------|--------------------------------|----------|---------------------------------|
/// | Ready    | Held, within the grant         | Logging  | LogVoucher                      |
/// | Ready    | Held, beyond the grant         | Stopped  | Report OVER_CAP                 |
/// | Logging  | Logged                         | Waiting  | SendVoucher to the key holder   |
/// | Waiting  | Revealed, the listed key       | Checking | Decipher                        |
/// | Waiting  | Revealed, another key          | Stopped  | Report WRONG_KEY                |
/// | Waiting  | Refused                        | Stopped  | Report REFUSED                  |
/// | Waiting  | 5 s without a key, Unreachable | Waiting  | SendVoucher to the miner        |
/// | Waiting  | Unreachable, miner asked too   | Stopped  | Report KEY_WITHHELD             |
/// | Waiting  | 10 s without a key             | Stopped  | Report KEY_WITHHELD             |
/// | Checking | Checked, all pieces lead to DT | Ready    |                                 |
/// | Checking | Checked, otherwise             | Stopped  | Report GARBAGE                  |
///
/// Every other pair changes nothing, so late and repeated answers are harmless. What a stopped lane
/// has locked returns at the end of the channel, unless its key is shown. A reader that restarts
/// opens another channel and begins new lanes there; the vouchers it logged say what this one may
/// cost at most. Pure: the role runs the effects.
public sealed interface ReaderLane {
  /// After this long without a key the miner is asked for it.
  Duration KEY_FALLBACK = Duration.ofSeconds(5);

  /// After this long without a key the lane is given up.
  Duration KEY_DEADLINE = KEY_FALLBACK.multipliedBy(2);

  /// No voucher is out.
  ///
  /// @param seq of the last voucher; 0 before the first
  /// @param settled wei of all windows opened
  record Ready(LaneAgreement agreement, long seq, BigInteger settled) implements ReaderLane {}

  /// A voucher is being logged.
  record Logging(LaneAgreement agreement, Voucher voucher) implements ReaderLane {}

  /// A voucher is out.
  ///
  /// @param askedMiner whether the miner got it too
  record Waiting(LaneAgreement agreement, Voucher voucher, Instant sentAt, boolean askedMiner)
      implements ReaderLane {}

  /// The key is there, the window is being deciphered and checked.
  record Checking(LaneAgreement agreement, Voucher voucher) implements ReaderLane {}

  /// Given up; the segment's other copies remain.
  record Stopped(Why why) implements ReaderLane {}

  /// Why a lane was given up.
  enum Why {
    /// The grant of this miner is used up.
    OVER_CAP,
    /// The key holder revealed another key than the offer lists: with its signature, evidence.
    WRONG_KEY,
    /// The key holder did not accept the voucher.
    REFUSED,
    /// Neither key holder nor miner showed the key.
    KEY_WITHHELD,
    /// The key opens something else than the contracted bytes: a dispute proves it.
    GARBAGE
  }

  /// A lane of which nothing was bought.
  static ReaderLane of(LaneAgreement agreement) {
    return new Ready(agreement, 0, BigInteger.ZERO);
  }

  /// When time alone changes the state, so that a Tick is due; empty where it does not.
  default Optional<Instant> wakes() {
    return this instanceof Waiting(_, _, var sentAt, boolean askedMiner)
        ? Optional.of(sentAt.plus(askedMiner ? KEY_DEADLINE : KEY_FALLBACK))
        : Optional.empty();
  }

  /// What happens to a lane.
  sealed interface Event {
    /// When it happens.
    Instant now();

    /// Ciphered pieces of a window are there, each checked against R'T.
    record Held(Instant now, Voucher.WindowClaim claim) implements Event {}

    /// The voucher is durable.
    record Logged(Instant now) implements Event {}

    /// A key arrived.
    record Revealed(Instant now, Reveal reveal) implements Event {}

    /// The voucher was answered with an error.
    record Refused(Instant now) implements Event {}

    /// Who was asked last cannot be reached, or showed nothing that is a key of this voucher.
    record Unreachable(Instant now) implements Event {}

    /// The pieces of the window were deciphered and compared with DT.
    record Checked(Instant now, boolean allPlain) implements Event {}

    /// Time passed.
    record Tick(Instant now) implements Event {}
  }

  /// Whom a voucher is sent to.
  enum Receiver {
    /// The verifier, or the miner in a direct lane.
    KEY_HOLDER,
    /// The miner, where the key holder does not answer.
    MINER
  }

  /// What the reader does after a step.
  sealed interface Effect {
    /// Sign the voucher and keep it durably, then say Logged.
    record LogVoucher(Voucher voucher) implements Effect {}

    /// Send the logged voucher, to the miner as a copy too.
    record SendVoucher(Voucher voucher, Receiver to) implements Effect {}

    /// Decipher the pieces of the window and check them against DT.
    record Decipher(int window, Hash key) implements Effect {}

    /// Tell why the lane ended.
    record Report(Why why) implements Effect {}
  }

  /// The state after an event, and what is to be done.
  record Step(ReaderLane next, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// What `event` leads to.
  default Step on(Event event) {
    return switch (this) {
      case Ready ready ->
          switch (event) {
            case Event.Held(_, var claim) -> buy(ready, claim);
            case Event.Logged _, Event.Revealed _, Event.Refused _ -> stay();
            case Event.Checked _, Event.Tick _, Event.Unreachable _ -> stay();
          };
      case Logging(var agreement, var voucher) ->
          switch (event) {
            case Event.Logged(var now) ->
                new Step(
                    new Waiting(agreement, voucher, now, false),
                    List.of(new Effect.SendVoucher(voucher, Receiver.KEY_HOLDER)));
            case Event.Held _, Event.Revealed _, Event.Refused _ -> stay();
            case Event.Checked _, Event.Tick _, Event.Unreachable _ -> stay();
          };
      case Waiting waiting -> waiting(waiting, event);
      case Checking(var agreement, var voucher) ->
          switch (event) {
            case Event.Checked(_, boolean allPlain) when allPlain ->
                new Step(
                    new Ready(agreement, voucher.seq(), voucher.settled().add(voucher.locked())),
                    List.of());
            case Event.Checked _ -> stop(Why.GARBAGE);
            case Event.Held _, Event.Logged _, Event.Revealed _ -> stay();
            case Event.Refused _, Event.Tick _, Event.Unreachable _ -> stay();
          };
      case Stopped _ -> stay();
    };
  }

  private Step waiting(Waiting waiting, Event event) {
    Voucher voucher = waiting.voucher();
    return switch (event) {
      case Event.Revealed(_, var reveal)
          when !reveal.lane().equals(voucher.lane().lane())
              || reveal.window() != voucher.window().index() ->
          stay();
      case Event.Revealed(_, var reveal) when !reveal.opens(voucher.window().keyHash()) ->
          stop(Why.WRONG_KEY);
      case Event.Revealed(_, var reveal) ->
          new Step(
              new Checking(waiting.agreement(), voucher),
              List.of(new Effect.Decipher(reveal.window(), reveal.key())));
      case Event.Refused _ -> stop(Why.REFUSED);
      case Event.Tick(var now) when !now.isBefore(waiting.sentAt().plus(KEY_DEADLINE)) ->
          stop(Why.KEY_WITHHELD);
      case Event.Tick(var now)
          when !waiting.askedMiner() && !now.isBefore(waiting.sentAt().plus(KEY_FALLBACK)) ->
          askMiner(waiting);
      case Event.Unreachable _ -> waiting.askedMiner() ? stop(Why.KEY_WITHHELD) : askMiner(waiting);
      case Event.Held _, Event.Logged _, Event.Checked _, Event.Tick _ -> stay();
    };
  }

  private static Step askMiner(Waiting waiting) {
    return new Step(
        new Waiting(waiting.agreement(), waiting.voucher(), waiting.sentAt(), true),
        List.of(new Effect.SendVoucher(waiting.voucher(), Receiver.MINER)));
  }

  private static Step buy(Ready ready, Voucher.WindowClaim claim) {
    LaneAgreement agreement = ready.agreement();
    Check.that(
        claim.keyHash().equals(agreement.keyHashes().get(claim.index())),
        "the claim names the key that the offer lists");
    BigInteger locked = agreement.price(claim.pieces());
    if (ready.settled().add(locked).compareTo(agreement.money().cap()) > 0) {
      return stop(Why.OVER_CAP);
    }
    Voucher voucher =
        new Voucher(
            agreement.name(),
            ready.seq() + 1,
            ready.settled(),
            locked,
            claim,
            agreement.terms().cipheredRoot(),
            agreement.money().expires().getEpochSecond());
    return new Step(new Logging(agreement, voucher), List.of(new Effect.LogVoucher(voucher)));
  }

  private Step stay() {
    return new Step(this, List.of());
  }

  private static Step stop(Why why) {
    return new Step(new Stopped(why), List.of(new Effect.Report(why)));
  }
}
