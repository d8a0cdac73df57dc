package io.ppio.incentive.channel;

import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A lane as its miner sees it: which pieces may be sent before they are paid for (data and proofs
/// specification 5.2; incentive specification 7.2).
///
/// | in   | on                                     | to     | effects                 |
/// |------|----------------------------------------|--------|-------------------------|
/// | Open | Asked, no such piece                   | Open   | RefusePiece NO_PIECE    |
/// | Open | Asked, sent three times                | Open   | RefusePiece TOO_OFTEN   |
/// | Open | Asked, paid                            | Open   | SendPiece               |
/// | Open | Asked, unpaid, d windows ahead         | Open   | RefusePiece UNPAID      |
/// | Open | Asked, unpaid, beyond the grant        | Open   | RefusePiece OVER_CAP    |
/// | Open | Asked, unpaid otherwise                | Open   | SendPiece               |
/// | Open | Vouched, fresh                         | Open   | LogVoucher              |
/// | Open | Logged                                 | Open   | RevealKey, if asked for |
/// | Open | Vouched, seen before                   | Open   | RevealKey, if asked for |
/// | Open | Vouched, wrong                         | Open   | RefuseVoucher           |
/// | Open | Logged at the channel's end            | Closed | Redeem it, RevealKey    |
/// | Open | anything else at the channel's end     | Closed | Redeem, if there is one |
///
/// A voucher counts, and shows a key, only once it is durable; one that came in time counts also
/// where that took until the channel's end. Closed refuses pieces and vouchers and changes no more.
/// What a reader can take without paying is d·w pieces of a lane: a piece sent stays counted until
/// a voucher names it, also when its window was opened for other pieces. Pure: the role runs the
/// effects.
public sealed interface MinerLane {
  /// How often one piece is sent at most: once and, as an opened window, twice again.
  int SENDS_MAX = 1 + VoucherTrail.REPEATS_MAX;

  /// d: windows of ciphertext ahead of the last voucher, unless a lane says otherwise.
  int AHEAD_DEFAULT = 1;

  /// d at most, to hide the round trip.
  int AHEAD_MAX = 2;

  /// Pieces are sent and vouchers taken.
  ///
  /// @param ahead d, 1 or 2
  /// @param sends how often each piece was sent, one byte a piece
  /// @param paid one byte a piece, 1 where a voucher names it
  /// @param best the voucher with the highest number
  record Open(
      LaneAgreement agreement,
      int ahead,
      Bytes sends,
      Bytes paid,
      VoucherTrail trail,
      Optional<SignedStatement<Voucher>> best)
      implements MinerLane {
    public Open {
      Check.range(ahead, 1, AHEAD_MAX, "windows ahead");
      Check.size(sends, agreement.pieces(), "sends");
      Check.size(paid, agreement.pieces(), "paid");
    }

    /// Times that pieces were sent for which nobody has paid.
    public int unpaidSends() {
      int unpaid = 0;
      for (int piece = 0; piece < sends.size(); piece++) {
        unpaid += paid.at(piece) == 1 ? 0 : sends.at(piece);
      }
      return unpaid;
    }

    /// Wei that this lane takes of the miner's grant: vouchers and unpaid pieces.
    public BigInteger taken() {
      return trail.due().add(agreement.price(unpaidSends()));
    }
  }

  /// Over.
  record Closed() implements MinerLane {}

  /// A lane of which nothing was sent.
  static MinerLane open(LaneAgreement agreement, int ahead) {
    Bytes none = Bytes.of(new byte[agreement.pieces()]);
    return new Open(agreement, ahead, none, none, VoucherTrail.NONE, Optional.empty());
  }

  /// What happens to a lane.
  sealed interface Event {
    /// When it happens.
    Instant now();

    /// The reader asks for a piece.
    ///
    /// @param takenElsewhere wei that other lanes of this channel take of the same grant
    record Asked(Instant now, int piece, BigInteger takenElsewhere) implements Event {}

    /// A voucher arrived, from the reader or from the key holder.
    ///
    /// @param asked whether the reader wants the key from us, because the key holder is silent
    record Vouched(Instant now, SignedStatement<Voucher> voucher, boolean asked) implements Event {}

    /// A voucher is durable.
    record Logged(Instant now, SignedStatement<Voucher> voucher, boolean asked) implements Event {}

    /// Time passed.
    record Tick(Instant now) implements Event {}
  }

  /// Why a piece is not sent.
  enum Refusal {
    /// The segment does not have it.
    NO_PIECE,
    /// It was sent as often as it is served.
    TOO_OFTEN,
    /// A voucher is due first.
    UNPAID,
    /// The grant is used up.
    OVER_CAP,
    /// The lane is over.
    CLOSED
  }

  /// What the miner does after a step.
  sealed interface Effect {
    /// Send the ciphered piece.
    record SendPiece(int piece) implements Effect {}

    /// Answer that the piece is not sent.
    record RefusePiece(int piece, Refusal why) implements Effect {}

    /// Keep the voucher durably: it is the claim to payment. Leads to [Event.Logged].
    record LogVoucher(SignedStatement<Voucher> voucher, boolean asked) implements Effect {}

    /// Answer with the key of a window that is paid.
    record RevealKey(int window) implements Effect {}

    /// Answer that the voucher counts for nothing.
    record RefuseVoucher(VoucherFault fault) implements Effect {}

    /// Claim what this voucher is worth.
    record Redeem(SignedStatement<Voucher> best) implements Effect {}
  }

  /// The state after an event, and what is to be done.
  record Step(MinerLane next, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// What `event` leads to.
  default Step on(Event event) {
    return switch (this) {
      case Open open when !event.now().isBefore(open.agreement().money().expires()) ->
          close(open, event);
      case Open open ->
          switch (event) {
            case Event.Asked(_, int piece, var elsewhere) -> asked(open, piece, elsewhere);
            case Event.Vouched(var now, var voucher, boolean asked) ->
                vouched(open, voucher, now, asked);
            case Event.Logged(_, var voucher, boolean asked) -> logged(open, voucher, asked);
            case Event.Tick _ -> new Step(this, List.of());
          };
      case Closed _ -> new Step(this, refusal(event));
    };
  }

  private static Step asked(Open open, int piece, BigInteger elsewhere) {
    if (piece < 0 || piece >= open.sends().size()) {
      return refuse(open, piece, Refusal.NO_PIECE);
    }
    if (open.sends().at(piece) == SENDS_MAX) {
      return refuse(open, piece, Refusal.TOO_OFTEN);
    }
    if (open.paid().at(piece) == 0) {
      LaneAgreement agreement = open.agreement();
      if (open.unpaidSends() >= open.ahead() * agreement.terms().windowPieces()) {
        return refuse(open, piece, Refusal.UNPAID);
      }
      BigInteger with = open.taken().add(agreement.price(1)).add(elsewhere);
      if (with.compareTo(agreement.money().cap()) > 0) {
        return refuse(open, piece, Refusal.OVER_CAP);
      }
    }
    byte[] sends = open.sends().toArray();
    sends[piece]++;
    return new Step(
        new Open(
            open.agreement(),
            open.ahead(),
            Bytes.of(sends),
            open.paid(),
            open.trail(),
            open.best()),
        List.of(new Effect.SendPiece(piece)));
  }

  private static Step refuse(Open open, int piece, Refusal why) {
    return new Step(open, List.of(new Effect.RefusePiece(piece, why)));
  }

  private static Step vouched(
      Open open, SignedStatement<Voucher> voucher, Instant now, boolean asked) {
    return switch (open.agreement().judge(voucher, open.trail(), now)) {
      case LaneAgreement.Judgement.Fresh _ ->
          new Step(open, List.of(new Effect.LogVoucher(voucher, asked)));
      case LaneAgreement.Judgement.Repeated _ -> new Step(open, reveal(voucher, asked));
      case LaneAgreement.Judgement.Wrong(var fault) ->
          new Step(open, List.of(new Effect.RefuseVoucher(fault)));
    };
  }

  private static Step logged(Open open, SignedStatement<Voucher> voucher, boolean asked) {
    Instant inTime = open.agreement().money().expires().minusNanos(1);
    return switch (open.agreement().judge(voucher, open.trail(), inTime)) {
      case LaneAgreement.Judgement.Fresh(var trail) -> {
        Bytes paid = pay(open, voucher.body().window());
        Open counted =
            new Open(
                open.agreement(), open.ahead(), open.sends(), paid, trail, Optional.of(voucher));
        yield new Step(counted, reveal(voucher, asked));
      }
      case LaneAgreement.Judgement.Repeated _ -> new Step(open, reveal(voucher, asked));
      case LaneAgreement.Judgement.Wrong(var fault) ->
          new Step(open, List.of(new Effect.RefuseVoucher(fault)));
    };
  }

  private static List<Effect> reveal(SignedStatement<Voucher> voucher, boolean asked) {
    return asked ? List.of(new Effect.RevealKey(voucher.body().window().index())) : List.of();
  }

  private static Bytes pay(Open open, Voucher.WindowClaim claim) {
    byte[] paid = open.paid().toArray();
    int first = open.agreement().windows().first(claim.index());
    for (int i = 0; i < open.agreement().windows().length(claim.index()); i++) {
      if (claim.names(i)) {
        paid[first + i] = 1;
      }
    }
    return Bytes.of(paid);
  }

  private static Step close(Open open, Event event) {
    Step last =
        event instanceof Event.Logged(_, var voucher, boolean asked)
            ? logged(open, voucher, asked)
            : new Step(open, refusal(event));
    List<Effect> effects = new ArrayList<>();
    if (last.next() instanceof Open counted) {
      counted.best().ifPresent(best -> effects.add(new Effect.Redeem(best)));
    }
    effects.addAll(last.effects()); // behind it, because a refusal ends what the role does
    return new Step(new Closed(), effects);
  }

  private static List<Effect> refusal(Event event) {
    return switch (event) {
      case Event.Asked(_, int piece, _) -> List.of(new Effect.RefusePiece(piece, Refusal.CLOSED));
      case Event.Vouched _, Event.Logged _ ->
          List.of(new Effect.RefuseVoucher(VoucherFault.EXPIRED));
      case Event.Tick _ -> List.of();
    };
  }
}
