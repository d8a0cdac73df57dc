package io.ppio.incentive.channel;

import static io.ppio.incentive.channel.LaneFixture.EXPIRES;
import static io.ppio.incentive.channel.LaneFixture.NOW;
import static io.ppio.incentive.channel.LaneFixture.agreement;
import static io.ppio.incentive.channel.LaneFixture.sign;
import static io.ppio.incentive.channel.LaneFixture.voucher;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.MinerLane.Closed;
import io.ppio.incentive.channel.MinerLane.Effect;
import io.ppio.incentive.channel.MinerLane.Event;
import io.ppio.incentive.channel.MinerLane.Open;
import io.ppio.incentive.channel.MinerLane.Refusal;
import io.ppio.incentive.channel.MinerLane.Step;
import io.ppio.incentive.fixtures.Samples;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows of the table in [MinerLane], and its bound: d·w pieces are sent unpaid at most.
class MinerLaneTest {
  private MinerLane lane = MinerLane.open(agreement(), 1);

  private List<Effect> ask(int piece) {
    return on(new Event.Asked(NOW, piece, BigInteger.ZERO));
  }

  /// A voucher that the key holder passes on, made durable.
  private List<Effect> vouch(int window) {
    return vouch(sign(voucher(window)), false);
  }

  private List<Effect> vouch(SignedStatement<Voucher> voucher, boolean asked) {
    List<Effect> effects = on(new Event.Vouched(NOW, voucher, asked));
    if (effects.equals(List.of(new Effect.LogVoucher(voucher, asked)))) {
      return on(new Event.Logged(NOW, voucher, asked));
    }
    return effects;
  }

  private List<Effect> on(Event event) {
    Step step = lane.on(event);
    lane = step.next();
    return step.effects();
  }

  private static List<Effect> sent(int piece) {
    return List.of(new Effect.SendPiece(piece));
  }

  private static List<Effect> refused(int piece, Refusal why) {
    return List.of(new Effect.RefusePiece(piece, why));
  }

  private void sendWindow(int first) {
    for (int piece = first; piece < Math.min(20, first + 8); piece++) {
      assertEquals(sent(piece), ask(piece));
    }
  }

  @Test
  void sendsOneWindowAndThenWaitsForItsVoucher() {
    sendWindow(0);
    assertEquals(refused(8, Refusal.UNPAID), ask(8));
    assertEquals(List.of(), vouch(0));
    sendWindow(8);
    assertEquals(refused(16, Refusal.UNPAID), ask(16));
  }

  @Test
  void sendsTwoWindowsAheadWhereTheRoundTripIsHidden() {
    lane = MinerLane.open(agreement(), 2);
    sendWindow(0);
    sendWindow(8);
    assertEquals(refused(16, Refusal.UNPAID), ask(16));
    vouch(0);
    sendWindow(16);
  }

  @Test
  void piecesInAnyOrder() {
    assertEquals(sent(19), ask(19));
    assertEquals(sent(0), ask(0));
    assertEquals(sent(10), ask(10));
  }

  @Test
  void piecesThatDoNotExistAreRefused() {
    assertEquals(refused(20, Refusal.NO_PIECE), ask(20));
    assertEquals(refused(-1, Refusal.NO_PIECE), ask(-1));
  }

  @Test
  void openedWindowsAreServedAgainTwice() {
    sendWindow(0);
    vouch(0);
    sendWindow(0);
    sendWindow(0);
    assertEquals(refused(0, Refusal.TOO_OFTEN), ask(0));
    sendWindow(8);
  }

  @Test
  void repeatedPiecesCountWhileUnpaid() {
    for (int i = 0; i < 3; i++) {
      assertEquals(sent(0), ask(0));
      assertEquals(sent(1), ask(1));
    }
    assertEquals(refused(0, Refusal.TOO_OFTEN), ask(0));
    assertEquals(sent(2), ask(2));
    assertEquals(sent(3), ask(3));
    assertEquals(refused(4, Refusal.UNPAID), ask(4));
  }

  @Test
  void piecesOfAnOpenedWindowThatNobodyPaidStayCounted() {
    sendWindow(0);
    var one =
        voucher(
            1,
            BigInteger.ZERO,
            new Voucher.WindowClaim(
                0, Bytes.of((byte) 1), LaneFixture.KEYS.keyHashes().getFirst()));
    vouch(sign(one), false);
    assertEquals(7, ((Open) lane).unpaidSends());
    assertEquals(sent(8), ask(8));
    assertEquals(refused(9, Refusal.UNPAID), ask(9));
  }

  @Test
  void servesUpToItsGrantOverAllLanes() {
    BigInteger elsewhere = BigInteger.valueOf(18_000);
    assertEquals(sent(0), on(new Event.Asked(NOW, 0, elsewhere)));
    assertEquals(sent(1), on(new Event.Asked(NOW, 1, elsewhere)));
    assertEquals(refused(2, Refusal.OVER_CAP), on(new Event.Asked(NOW, 2, elsewhere)));
    assertEquals(BigInteger.valueOf(2_000), ((Open) lane).taken());
  }

  @Test
  void aVoucherCountsAndShowsItsKeyOnlyOnceItIsDurable() {
    sendWindow(0);
    SignedStatement<Voucher> voucher = sign(voucher(0));
    Effect log = new Effect.LogVoucher(voucher, true);
    for (int times = 0; times < 2; times++) {
      assertEquals(List.of(log), on(new Event.Vouched(NOW, voucher, true)));
      assertEquals(refused(8, Refusal.UNPAID), ask(8));
    }
    Effect reveal = new Effect.RevealKey(0);
    assertEquals(List.of(reveal), on(new Event.Logged(NOW, voucher, true)));
    assertEquals(sent(8), ask(8));
    assertEquals(List.of(reveal), on(new Event.Logged(NOW, voucher, true)));
    assertEquals(List.of(reveal), on(new Event.Vouched(NOW, voucher, true)));
    assertEquals(List.of(), on(new Event.Vouched(NOW, voucher, false)));
  }

  @Test
  void repeatedVouchersChangeNothing() {
    vouch(0);
    MinerLane before = lane;
    assertEquals(List.of(), vouch(0));
    assertEquals(before, lane);
  }

  @Test
  void wrongVouchersAreRefusedAndPayNothing() {
    sendWindow(0);
    var forged = Statement.sign(voucher(0), Samples.USER);
    assertEquals(
        List.of(new Effect.RefuseVoucher(VoucherFault.NOT_SIGNED)),
        on(new Event.Vouched(NOW, forged, true)));
    assertEquals(refused(8, Refusal.UNPAID), ask(8));
  }

  @Test
  void redeemsItsBestVoucherAtTheEnd() {
    vouch(0);
    vouch(1);
    assertEquals(List.of(new Effect.Redeem(sign(voucher(1)))), on(new Event.Tick(EXPIRES)));
    assertEquals(new Closed(), lane);
    assertEquals(refused(0, Refusal.CLOSED), ask(0));
    assertEquals(
        List.of(new Effect.RefuseVoucher(VoucherFault.EXPIRED)),
        on(new Event.Vouched(NOW, sign(voucher(2)), true)));
    assertEquals(
        List.of(new Effect.RefuseVoucher(VoucherFault.EXPIRED)),
        on(new Event.Logged(NOW, sign(voucher(2)), true)));
  }

  @Test
  void aVoucherThatCameInTimeCountsWhereItIsDurableOnlyAtTheEnd() {
    vouch(0);
    SignedStatement<Voucher> last = sign(voucher(1));
    on(new Event.Vouched(NOW, last, true));
    assertEquals(
        List.of(new Effect.Redeem(last), new Effect.RevealKey(1)),
        on(new Event.Logged(EXPIRES, last, true)));
    assertEquals(new Closed(), lane);
  }

  @Test
  void aVoucherAtTheEndIsRefusedAfterTheBestOneIsRedeemed() {
    vouch(0);
    assertEquals(
        List.of(
            new Effect.Redeem(sign(voucher(0))), new Effect.RefuseVoucher(VoucherFault.EXPIRED)),
        on(new Event.Vouched(EXPIRES, sign(voucher(1)), true)));
    assertEquals(new Closed(), lane);
  }

  @Test
  void endsWithNothingToRedeemWhereNobodyPaid() {
    ask(0);
    assertEquals(List.of(), on(new Event.Tick(EXPIRES.minusNanos(1))));
    assertEquals(List.of(), on(new Event.Tick(EXPIRES)));
    assertEquals(new Closed(), lane);
  }

  @Test
  void noReaderTakesMoreThanAWindowWithoutPaying() {
    for (int seed = 0; seed < 300; seed++) {
      Random rng = new Random(seed);
      int ahead = 1 + rng.nextInt(2);
      lane = MinerLane.open(agreement(), ahead);
      int sent = 0;
      int vouched = 0;
      for (int i = 0; i < 150; i++) {
        if (rng.nextInt(15) == 0 && vouched < 3) {
          vouch(vouched);
          vouched++;
        } else if (ask(rng.nextInt(20)).getFirst() instanceof Effect.SendPiece) {
          sent++;
        }
        Open open = (Open) lane;
        assertTrue(open.unpaidSends() <= ahead * 8, "seed " + seed);
        assertTrue(sent <= 3 * 20, "seed " + seed);
      }
    }
  }
}
