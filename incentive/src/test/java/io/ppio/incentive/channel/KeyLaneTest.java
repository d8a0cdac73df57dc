package io.ppio.incentive.channel;

import static io.ppio.incentive.channel.LaneFixture.EXPIRES;
import static io.ppio.incentive.channel.LaneFixture.NAME;
import static io.ppio.incentive.channel.LaneFixture.NOW;
import static io.ppio.incentive.channel.LaneFixture.TERMS;
import static io.ppio.incentive.channel.LaneFixture.agreement;
import static io.ppio.incentive.channel.LaneFixture.hash;
import static io.ppio.incentive.channel.LaneFixture.sign;
import static io.ppio.incentive.channel.LaneFixture.voucher;
import static io.ppio.incentive.channel.LaneFixture.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.KeyLane.Checking;
import io.ppio.incentive.channel.KeyLane.Closed;
import io.ppio.incentive.channel.KeyLane.Effect;
import io.ppio.incentive.channel.KeyLane.Event;
import io.ppio.incentive.channel.KeyLane.Serving;
import io.ppio.incentive.channel.KeyLane.Step;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.fixtures.Samples;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Rows of the table in [KeyLane], and its invariant: no key without a voucher that counts.
class KeyLaneTest {
  private final KeyLane checking = KeyLane.begin(agreement(), NOW).next();
  private final KeyLane serving = new Serving(agreement(), VoucherTrail.NONE);

  private static Step refused(KeyLane lane, VoucherFault fault) {
    return new Step(lane, List.of(new Effect.RefuseVoucher(fault)));
  }

  private static Event vouched(SignedStatement<Voucher> voucher) {
    return new Event.Vouched(NOW, voucher);
  }

  private static Step reveal(KeyLane lane, int window) {
    SignedStatement<Voucher> voucher = sign(voucher(window));
    Step step = lane.on(vouched(voucher));
    assertEquals(
        List.of(new Effect.LogVoucher(voucher), new Effect.RevealKey(window)), step.effects());
    return step;
  }

  @Test
  void confirmsTheOfferAfterARightSpotCheck() {
    assertEquals(
        new Step(serving, List.of(new Effect.ConfirmOffer())),
        checking.on(new Event.Answered(NOW, true)));
  }

  @Test
  void reportsTheMinerAfterAWrongOne() {
    assertEquals(
        new Step(new Closed(), List.of(new Effect.ReportMiner(Finding.Result.FAILED))),
        checking.on(new Event.Answered(NOW, false)));
  }

  @Test
  void asksASilentMinerAgainAtTheDeadlineAndThenReportsIt() {
    Instant deadline = NOW.plus(KeyLane.SPOT_DEADLINE);
    assertEquals(
        new Step(checking, List.of()), checking.on(new Event.Tick(deadline.minusNanos(1))));
    Step again = KeyLane.begin(agreement(), NOW).next().on(new Event.Tick(deadline));
    assertEquals(List.of(new Effect.AskMiner()), again.effects());
    assertEquals(again, checking.on(new Event.Answered(deadline, true)));
    assertEquals(
        new Step(new Checking(agreement(), 2, NOW.plus(KeyLane.SPOT_DEADLINE)), again.effects()),
        checking.on(new Event.Unanswered(NOW)));
    Instant end = deadline.plus(KeyLane.SPOT_DEADLINE);
    Step silent = new Step(new Closed(), List.of(new Effect.ReportMiner(Finding.Result.NO_ANSWER)));
    assertEquals(
        new Step(again.next(), List.of()), again.next().on(new Event.Tick(end.minusNanos(1))));
    assertEquals(silent, again.next().on(new Event.Tick(end)));
    assertEquals(silent, again.next().on(new Event.Unanswered(deadline)));
    assertEquals(silent, again.next().on(new Event.Answered(end, true)));
    assertEquals(
        new Step(serving, List.of(new Effect.ConfirmOffer())),
        again.next().on(new Event.Answered(deadline, true)));
  }

  @Test
  void revealsNothingBeforeTheMinerHasProvenItsCipher() {
    assertEquals(refused(checking, VoucherFault.EXPIRED), checking.on(vouched(sign(voucher(0)))));
  }

  @Test
  void revealsTheKeyOfAWindowForItsVoucher() {
    KeyLane lane = reveal(serving, 0).next();
    lane = reveal(lane, 1).next();
    reveal(lane, 2);
  }

  @Test
  void answersAVoucherAgainTwiceAtMost() {
    KeyLane lane = reveal(serving, 0).next();
    Event again = vouched(sign(voucher(0)));
    for (int i = 0; i < 2; i++) {
      Step step = lane.on(again);
      assertEquals(List.of(new Effect.RevealKey(0)), step.effects());
      lane = step.next();
    }
    assertEquals(refused(lane, VoucherFault.TOO_OFTEN), lane.on(again));
  }

  @Test
  void aWindowMayBePaidInParts() {
    Bytes firstHalf = Bytes.of((byte) 0x0f);
    Bytes secondHalf = Bytes.of((byte) 0xf0);
    var key = LaneFixture.KEYS.keyHashes().get(0);
    var first = voucher(1, BigInteger.ZERO, new Voucher.WindowClaim(0, firstHalf, key));
    var second = voucher(2, BigInteger.valueOf(4_000), new Voucher.WindowClaim(0, secondHalf, key));
    Step step = serving.on(vouched(sign(first)));
    assertEquals(2, step.next().on(vouched(sign(second))).effects().size());
  }

  @Test
  void refusesWhatIsNotAVoucherForThisLane() {
    Voucher good = voucher(0);
    check(VoucherFault.NOT_SIGNED, Statement.sign(good, Samples.USER));
    var elsewhere = new Voucher.LaneName(NAME.chainId(), NAME.channel(), hash(77));
    var otherChain = new Voucher.LaneName(hash(77), NAME.channel(), NAME.lane());
    check(VoucherFault.OTHER_LANE, sign(with(good, elsewhere)));
    check(VoucherFault.OTHER_LANE, sign(with(good, otherChain)));
    var wrongKey = new Voucher.WindowClaim(0, whole(0).bitmap(), hash(77));
    check(VoucherFault.WRONG_KEY, sign(voucher(1, BigInteger.ZERO, wrongKey)));
    var keyOfAnother = new Voucher.WindowClaim(0, whole(0).bitmap(), whole(1).keyHash());
    check(VoucherFault.WRONG_KEY, sign(voucher(1, BigInteger.ZERO, keyOfAnother)));
    var beyond = new Voucher.WindowClaim(3, whole(0).bitmap(), whole(0).keyHash());
    check(VoucherFault.WRONG_WINDOW, sign(voucher(1, BigInteger.ZERO, beyond)));
    var tooMany = new Voucher.WindowClaim(2, whole(0).bitmap(), whole(2).keyHash());
    check(VoucherFault.WRONG_WINDOW, sign(voucher(1, BigInteger.ZERO, tooMany)));
    check(VoucherFault.OVER_CAP, sign(voucher(1, BigInteger.valueOf(12_001), whole(0))));
    check(VoucherFault.WRONG_AMOUNT, sign(cheap(good)));
    check(VoucherFault.EXPIRED, sign(shortLock(good)));
  }

  private void check(VoucherFault fault, SignedStatement<Voucher> voucher) {
    assertEquals(refused(serving, fault), serving.on(vouched(voucher)), fault::toString);
  }

  private static Voucher with(Voucher v, Voucher.LaneName name) {
    return new Voucher(
        name,
        v.seq(),
        v.settled(),
        v.locked(),
        v.window(),
        v.cipheredRoot(),
        v.lockExpirySeconds());
  }

  private static Voucher cheap(Voucher v) {
    return new Voucher(
        v.lane(),
        v.seq(),
        v.settled(),
        v.locked().subtract(BigInteger.ONE),
        v.window(),
        v.cipheredRoot(),
        v.lockExpirySeconds());
  }

  private static Voucher shortLock(Voucher v) {
    return new Voucher(
        v.lane(),
        v.seq(),
        v.settled(),
        v.locked(),
        v.window(),
        TERMS.cipheredRoot(),
        v.lockExpirySeconds() - 1);
  }

  @Test
  void asksForWhatWasOpenedBefore() {
    KeyLane lane = reveal(serving, 0).next();
    Voucher unsettled = voucher(2, BigInteger.valueOf(7_999), whole(1));
    assertEquals(refused(lane, VoucherFault.WRONG_AMOUNT), lane.on(vouched(sign(unsettled))));
  }

  @Test
  void twoVouchersWithOneNumberAreEquivocation() {
    KeyLane lane = reveal(serving, 0).next();
    Voucher other = voucher(1, BigInteger.ZERO, whole(1));
    assertEquals(refused(lane, VoucherFault.EQUIVOCATION), lane.on(vouched(sign(other))));
  }

  @Test
  void aWindowTakesAVoucherForEachOfItsPiecesAndTwoMore() {
    KeyLane lane =
        new Serving(LaneFixture.agreement(BigInteger.valueOf(1_000_000)), VoucherTrail.NONE);
    for (int number = 1; number <= 4 + 2; number++) {
      Step step = lane.on(vouched(sign(voucher(number, settled(number), whole(2)))));
      assertEquals(2, step.effects().size());
      lane = step.next();
    }
    assertEquals(
        refused(lane, VoucherFault.TOO_OFTEN),
        lane.on(vouched(sign(voucher(7, settled(7), whole(2))))));
    assertEquals(2, lane.on(vouched(sign(voucher(7, settled(7), whole(1))))).effects().size());
  }

  private static BigInteger settled(int number) {
    return BigInteger.valueOf((number - 1) * 4_000L);
  }

  @Test
  void lowerNumbersDoNotCount() {
    KeyLane lane = serving.on(vouched(sign(voucher(5, BigInteger.ZERO, whole(0))))).next();
    assertEquals(
        refused(lane, VoucherFault.OLD),
        lane.on(vouched(sign(voucher(4, BigInteger.valueOf(8_000), whole(1))))));
  }

  @Test
  void closesAtTheEndOfTheChannel() {
    assertEquals(new Step(new Closed(), List.of()), serving.on(new Event.Tick(EXPIRES)));
    assertEquals(
        refused(new Closed(), VoucherFault.EXPIRED),
        serving.on(new Event.Vouched(EXPIRES, sign(voucher(0)))));
  }

  @Test
  void staysClosedWhateverArrives() {
    KeyLane closed = new Closed();
    assertEquals(new Step(closed, List.of()), closed.on(new Event.Tick(NOW)));
    assertEquals(new Step(closed, List.of()), closed.on(new Event.Answered(NOW, true)));
    assertEquals(refused(closed, VoucherFault.EXPIRED), closed.on(vouched(sign(voucher(0)))));
  }

  @Test
  void noKeyIsRevealedWithoutAVoucherThatPaysForIt() {
    List<SignedStatement<Voucher>> pool = new ArrayList<>();
    for (int window = 0; window < 3; window++) {
      for (long settled = 0; settled <= 16_000; settled += 4_000) {
        pool.add(sign(voucher(1 + window, BigInteger.valueOf(settled), whole(window))));
        pool.add(sign(cheap(voucher(1 + window, BigInteger.valueOf(settled), whole(window)))));
      }
      pool.add(Statement.sign(voucher(window), Samples.MINER));
    }
    for (int seed = 0; seed < 500; seed++) {
      Random rng = new Random(seed);
      KeyLane lane = KeyLane.begin(agreement(), NOW).next();
      Set<Integer> paid = new HashSet<>();
      boolean proven = false;
      BigInteger due = BigInteger.ZERO;
      for (int i = 0; i < 60; i++) {
        Event event = anyEvent(rng, pool);
        Step step = lane.on(event);
        lane = step.next();
        for (Effect effect : step.effects()) {
          switch (effect) {
            case Effect.ConfirmOffer _ -> proven = true;
            case Effect.LogVoucher(var voucher) -> {
              assertTrue(voucher.isBy(Samples.CHANNEL.publicKey()));
              assertTrue(voucher.body().settled().compareTo(due) >= 0, "opened is settled");
              due = due.add(voucher.body().locked());
              paid.add(voucher.body().window().index());
            }
            case Effect.RevealKey(int window) ->
                assertTrue(proven && paid.contains(window), "seed " + seed);
            case Effect.RefuseVoucher _, Effect.ReportMiner _, Effect.AskMiner _ -> {}
          }
        }
      }
    }
  }

  private static Event anyEvent(Random rng, List<SignedStatement<Voucher>> pool) {
    return switch (rng.nextInt(13)) {
      case 12 -> new Event.Unanswered(NOW);
      case 0 -> new Event.Answered(NOW, rng.nextInt(4) > 0);
      case 1 -> new Event.Tick(NOW.plusMillis(rng.nextInt(1_100)));
      default -> vouched(pool.get(rng.nextInt(pool.size())));
    };
  }

  @Test
  void servingKeepsWhatItsVouchersAreWorth() {
    KeyLane lane = reveal(reveal(serving, 0).next(), 1).next();
    assertEquals(BigInteger.valueOf(16_000), ((Serving) lane).trail().due());
  }
}
