package io.ppio.incentive.channel;

import static io.ppio.incentive.channel.LaneFixture.KEYS;
import static io.ppio.incentive.channel.LaneFixture.NAME;
import static io.ppio.incentive.channel.LaneFixture.NOW;
import static io.ppio.incentive.channel.LaneFixture.agreement;
import static io.ppio.incentive.channel.LaneFixture.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.incentive.fixtures.Samples;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Reader, miner and key holder of one lane together, with messages lost and key holders gone:
/// whatever happens, nobody loses more than a window (window fairness, incentive specification 15;
/// C14 without balances).
class LaneExchangeTest {
  private static final int WINDOWS = KEYS.windows().count();

  /// Faults as probabilities, and who does not play by the rules.
  private record Faults(double loss, double keyHolderDies, boolean wrongKeys, boolean garbage) {
    static final Faults NONE = new Faults(0, 0, false, false);
  }

  /// One world: three parties, the voucher log of the reader, a clock.
  private static final class World {
    private final Random rng;
    private final Faults faults;
    private final List<SignedStatement<Voucher>> log = new ArrayList<>();
    private final Set<Integer> opened = new HashSet<>();
    private final Queue<ReaderLane.Effect> toDo = new ArrayDeque<>();
    private ReaderLane reader = ReaderLane.of(agreement());
    private MinerLane miner = MinerLane.open(agreement(), 1);
    private KeyLane verifier = KeyLane.begin(agreement(), NOW).next();
    private boolean verifierAlive = true;
    private Instant now = NOW;

    World(long seed, Faults faults) {
      this.rng = new Random(seed);
      this.faults = faults;
      verifier = verifier.on(new KeyLane.Event.Answered(NOW, true)).next();
    }

    private boolean happens(double probability) {
      return rng.nextDouble() < probability;
    }

    void run() {
      for (int step = 0; step < 200 && !isOver(); step++) {
        now = now.plusSeconds(1);
        if (happens(faults.keyHolderDies())) {
          verifierAlive = false;
        }
        if (reader instanceof ReaderLane.Ready) {
          fetch();
        }
        tell(new ReaderLane.Event.Tick(now));
        while (!toDo.isEmpty()) {
          act(toDo.remove());
        }
        checkBounds();
      }
    }

    private boolean isOver() {
      return opened.size() == WINDOWS || reader instanceof ReaderLane.Stopped;
    }

    private void tell(ReaderLane.Event event) {
      take(reader.on(event));
    }

    private void take(ReaderLane.Step step) {
      reader = step.next();
      toDo.addAll(step.effects());
    }

    private void fetch() {
      int window = 0;
      while (opened.contains(window)) {
        window++;
      }
      int first = KEYS.windows().first(window);
      for (int i = 0; i < KEYS.windows().length(window); i++) {
        var step = miner.on(new MinerLane.Event.Asked(now, first + i, BigInteger.ZERO));
        miner = step.next();
      }
      tell(new ReaderLane.Event.Held(now, whole(window)));
    }

    private void act(ReaderLane.Effect effect) {
      switch (effect) {
        case ReaderLane.Effect.LogVoucher(var voucher) -> {
          log.add(Statement.sign(voucher, Samples.CHANNEL));
          tell(new ReaderLane.Event.Logged(now));
        }
        case ReaderLane.Effect.SendVoucher(_, var to) -> send(log.getLast(), to);
        case ReaderLane.Effect.Decipher(int window, _) -> {
          if (!faults.garbage()) {
            opened.add(window);
          }
          tell(new ReaderLane.Event.Checked(now, !faults.garbage()));
        }
        case ReaderLane.Effect.Report _ -> {}
      }
    }

    private void send(SignedStatement<Voucher> voucher, ReaderLane.Receiver to) {
      if (happens(faults.loss())) {
        return;
      }
      boolean toMiner = to == ReaderLane.Receiver.MINER;
      tellMiner(new MinerLane.Event.Vouched(now, voucher, toMiner));
      if (toMiner || !verifierAlive) {
        return;
      }
      KeyLane.Step step = verifier.on(new KeyLane.Event.Vouched(now, voucher));
      verifier = step.next();
      for (KeyLane.Effect effect : step.effects()) {
        if (effect instanceof KeyLane.Effect.RevealKey(int window)) {
          reveal(window);
        }
      }
    }

    private void tellMiner(MinerLane.Event event) {
      MinerLane.Step step = miner.on(event);
      miner = step.next();
      for (MinerLane.Effect effect : step.effects()) {
        switch (effect) {
          case MinerLane.Effect.LogVoucher(var voucher, boolean asked) ->
              tellMiner(new MinerLane.Event.Logged(now, voucher, asked));
          case MinerLane.Effect.RevealKey(int window) -> reveal(window);
          case MinerLane.Effect.SendPiece _,
              MinerLane.Effect.RefusePiece _,
              MinerLane.Effect.RefuseVoucher _,
              MinerLane.Effect.Redeem _ -> {}
        }
      }
    }

    private void reveal(int window) {
      if (!happens(faults.loss())) {
        var key = faults.wrongKeys() ? LaneFixture.hash(99) : KEYS.key(window);
        tell(new ReaderLane.Event.Revealed(now, new Reveal(window, key, NAME.lane())));
      }
    }

    private void checkBounds() {
      BigInteger worth = agreement().price(0);
      for (int window : opened) {
        worth = worth.add(agreement().price(KEYS.windows().length(window)));
      }
      for (SignedStatement<Voucher> voucher : log) {
        assertTrue(voucher.body().settled().compareTo(worth) <= 0, "settled only what was opened");
        assertEquals(
            voucher, log.get((int) voucher.body().seq() - 1), "one voucher for each number");
      }
      if (miner instanceof MinerLane.Open open) {
        assertTrue(open.unpaidSends() <= 8, "the miner risks one window");
      }
    }
  }

  @Test
  void everyWindowOpensWhereNothingGoesWrong() {
    World world = new World(0, Faults.NONE);
    world.run();
    assertEquals(Set.of(0, 1, 2), world.opened);
    assertEquals(WINDOWS, world.log.size());
  }

  @Test
  void everyWindowOpensWithoutAVerifier() {
    World world = new World(0, new Faults(0, 1, false, false));
    world.run();
    assertEquals(Set.of(0, 1, 2), world.opened);
  }

  @Test
  void wrongKeysAndGarbageCostTheReaderNothing() {
    for (boolean garbage : List.of(true, false)) {
      World world = new World(0, new Faults(0, 0, !garbage, garbage));
      world.run();
      assertEquals(
          new ReaderLane.Stopped(garbage ? ReaderLane.Why.GARBAGE : ReaderLane.Why.WRONG_KEY),
          world.reader);
      assertEquals(1, world.log.size());
      assertEquals(BigInteger.ZERO, world.log.getFirst().body().settled());
    }
  }

  @Test
  void nobodyLosesMoreThanAWindowWhateverIsLost() {
    int finished = 0;
    for (int seed = 0; seed < 500; seed++) {
      World world = new World(seed, new Faults(0.2, 0.02, false, false));
      world.run();
      finished += world.opened.size() == WINDOWS ? 1 : 0;
    }
    assertTrue(finished > 250, "most lanes finish, not " + finished + " of 500");
  }
}
