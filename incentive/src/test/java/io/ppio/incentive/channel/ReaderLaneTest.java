package io.ppio.incentive.channel;

import static io.ppio.incentive.channel.LaneFixture.KEYS;
import static io.ppio.incentive.channel.LaneFixture.NAME;
import static io.ppio.incentive.channel.LaneFixture.NOW;
import static io.ppio.incentive.channel.LaneFixture.agreement;
import static io.ppio.incentive.channel.LaneFixture.hash;
import static io.ppio.incentive.channel.LaneFixture.voucher;
import static io.ppio.incentive.channel.LaneFixture.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.incentive.channel.ReaderLane.Checking;
import io.ppio.incentive.channel.ReaderLane.Effect;
import io.ppio.incentive.channel.ReaderLane.Event;
import io.ppio.incentive.channel.ReaderLane.Logging;
import io.ppio.incentive.channel.ReaderLane.Ready;
import io.ppio.incentive.channel.ReaderLane.Receiver;
import io.ppio.incentive.channel.ReaderLane.Step;
import io.ppio.incentive.channel.ReaderLane.Stopped;
import io.ppio.incentive.channel.ReaderLane.Waiting;
import io.ppio.incentive.channel.ReaderLane.Why;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rows of the table in [ReaderLane].
class ReaderLaneTest {
  private final ReaderLane ready = ReaderLane.of(agreement());
  private final ReaderLane logging = new Logging(agreement(), voucher(0));
  private final ReaderLane waiting = new Waiting(agreement(), voucher(0), NOW, false);
  private final ReaderLane checking = new Checking(agreement(), voucher(0));

  private static Event revealed(int window) {
    return new Event.Revealed(NOW, new Reveal(window, KEYS.key(window), NAME.lane()));
  }

  private static Step stopped(Why why) {
    return new Step(new Stopped(why), List.of(new Effect.Report(why)));
  }

  @Test
  void logsAVoucherBeforeAnythingElse() {
    assertEquals(
        new Step(logging, List.of(new Effect.LogVoucher(voucher(0)))),
        ready.on(new Event.Held(NOW, whole(0))));
  }

  @Test
  void sendsItOnceItIsLogged() {
    assertEquals(
        new Step(waiting, List.of(new Effect.SendVoucher(voucher(0), Receiver.KEY_HOLDER))),
        logging.on(new Event.Logged(NOW)));
  }

  @Test
  void deciphersWithTheListedKey() {
    assertEquals(
        new Step(checking, List.of(new Effect.Decipher(0, KEYS.key(0)))), waiting.on(revealed(0)));
  }

  @Test
  void paysOnlyForWhatItCouldOpen() {
    assertEquals(
        new Step(new Ready(agreement(), 1, BigInteger.valueOf(8_000)), List.of()),
        checking.on(new Event.Checked(NOW, true)));
    assertEquals(stopped(Why.GARBAGE), checking.on(new Event.Checked(NOW, false)));
  }

  @Test
  void theNextVoucherSettlesTheWindowBefore() {
    ReaderLane next = checking.on(new Event.Checked(NOW, true)).next();
    assertEquals(
        new Step(new Logging(agreement(), voucher(1)), List.of(new Effect.LogVoucher(voucher(1)))),
        next.on(new Event.Held(NOW, whole(1))));
  }

  @Test
  void stopsAtAKeyThatIsNotTheListedOne() {
    var wrong = new Event.Revealed(NOW, new Reveal(0, hash(66), NAME.lane()));
    assertEquals(stopped(Why.WRONG_KEY), waiting.on(wrong));
  }

  @Test
  void keysOfOtherWindowsAndLanesAreNotForThisVoucher() {
    assertEquals(new Step(waiting, List.of()), waiting.on(revealed(1)));
    var elsewhere = new Event.Revealed(NOW, new Reveal(0, hash(66), hash(67)));
    assertEquals(new Step(waiting, List.of()), waiting.on(elsewhere));
  }

  @Test
  void asksTheMinerAfterFiveSecondsAndGivesUpAfterTen() {
    Instant five = NOW.plusSeconds(5);
    assertEquals(new Step(waiting, List.of()), waiting.on(new Event.Tick(five.minusNanos(1))));
    ReaderLane asked = new Waiting(agreement(), voucher(0), NOW, true);
    assertEquals(
        new Step(asked, List.of(new Effect.SendVoucher(voucher(0), Receiver.MINER))),
        waiting.on(new Event.Tick(five)));
    assertEquals(new Step(asked, List.of()), asked.on(new Event.Tick(five)));
    assertEquals(stopped(Why.KEY_WITHHELD), asked.on(new Event.Tick(NOW.plusSeconds(10))));
  }

  @Test
  void asksTheMinerAtOnceWhenTheKeyHolderIsGoneAndGivesUpWhenBothAre() {
    Step first = waiting.on(new Event.Unreachable(NOW));
    assertEquals(List.of(new Effect.SendVoucher(voucher(0), Receiver.MINER)), first.effects());
    assertEquals(stopped(Why.KEY_WITHHELD), first.next().on(new Event.Unreachable(NOW)));
  }

  @Test
  void stopsWhenTheVoucherIsRefused() {
    assertEquals(stopped(Why.REFUSED), waiting.on(new Event.Refused(NOW)));
  }

  @Test
  void neverPromisesMoreThanTheGrant() {
    ReaderLane poor = ReaderLane.of(agreement(BigInteger.valueOf(7_999)));
    assertEquals(stopped(Why.OVER_CAP), poor.on(new Event.Held(NOW, whole(0))));
  }

  @Test
  void wakesWhenTheMinerIsToBeAskedAndWhenToGiveUp() {
    ReaderLane asked = new Waiting(agreement(), voucher(0), NOW, true);
    assertEquals(Optional.of(NOW.plusSeconds(5)), waiting.wakes());
    assertEquals(Optional.of(NOW.plusSeconds(10)), asked.wakes());
    for (ReaderLane lane : List.of(ready, logging, checking, new Stopped(Why.GARBAGE))) {
      assertEquals(Optional.empty(), lane.wakes());
    }
  }

  @Test
  void otherPairsChangeNothing() {
    for (Event event :
        List.of(new Event.Logged(NOW), revealed(0), new Event.Refused(NOW), new Event.Tick(NOW))) {
      assertEquals(new Step(ready, List.of()), ready.on(event));
    }
    for (Event event : List.of(new Event.Held(NOW, whole(0)), new Event.Tick(NOW), revealed(0))) {
      assertEquals(new Step(logging, List.of()), logging.on(event));
      assertEquals(new Step(checking, List.of()), checking.on(event));
    }
    ReaderLane over = new Stopped(Why.GARBAGE);
    for (Event event :
        List.of(
            new Event.Held(NOW, whole(0)),
            new Event.Logged(NOW),
            revealed(0),
            new Event.Refused(NOW),
            new Event.Checked(NOW, true),
            new Event.Tick(NOW))) {
      assertEquals(new Step(over, List.of()), over.on(event));
    }
  }
}
