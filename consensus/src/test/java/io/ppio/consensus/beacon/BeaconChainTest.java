package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.beacon.BeaconChain.Outcome;
import io.ppio.crypto.fixtures.HexHash;
import io.ppio.env.Store;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BeaconChainTest {
  private static final Path FOLDER = Path.of("/data/beacon");
  private final BeaconFixture fixture = BeaconFixture.of(4);
  private final BeaconRules rules = fixture.rules();
  private final BeaconTip zero = new BeaconTip(0, rules.first());
  private final Seats reveals = Seats.empty(4).with(1, HexHash.of("07".repeat(32)));

  @FunctionalInterface
  private interface Use {
    void of(BeaconChain chain) throws IOException;
  }

  private void onChain(Use use) {
    SimWorld.run(
        1,
        env -> {
          try (Store store = env.disk().openStore(FOLDER)) {
            use.of(new BeaconChain(rules, store, env.clock(), Store.Durability.SYNCED));
          }
        });
  }

  /// Entries of the given epochs, each on the one before.
  private List<FinalBeacon> entries(long... epochs) {
    List<FinalBeacon> entries = new ArrayList<>();
    BeaconTip previous = zero;
    for (long epoch : epochs) {
      entries.add(fixture.entry(previous, epoch, reveals, 3));
      previous = new BeaconTip(epoch, entries.getLast().value());
    }
    return entries;
  }

  @Test
  void beginsWithEpochZero() {
    onChain(chain -> {
      assertEquals(zero, chain.tip());
      assertEquals(Optional.of(rules.first()), chain.value(0));
      assertEquals(Optional.of(zero), chain.atOrAfter(0));
      assertEquals(Optional.empty(), chain.atOrAfter(1));
      assertEquals(List.of(), chain.from(0).entries());
    });
  }

  @Test
  void remembersEntriesAndServesThem() {
    SimWorld.run(
        1,
        env -> {
          List<FinalBeacon> entries = entries(1, 2, 5);
          try (Store store = env.disk().openStore(FOLDER)) {
            BeaconChain chain = new BeaconChain(rules, store, env.clock(), Store.Durability.SYNCED);
            for (FinalBeacon entry : entries) {
              assertEquals(Outcome.ADDED, chain.add(entry));
              assertEquals(Outcome.KNOWN, chain.add(entry));
            }
          }
          try (Store store = env.disk().openStore(FOLDER)) {
            BeaconChain chain = new BeaconChain(rules, store, env.clock(), Store.Durability.SYNCED);
            assertEquals(new BeaconTip(5, entries.getLast().value()), chain.tip());
            assertEquals(entries, chain.from(0).entries());
            assertEquals(entries.subList(2, 3), chain.from(3).entries());
            assertEquals(Optional.of(chain.tip()), chain.atOrAfter(3));
            assertEquals(Optional.empty(), chain.value(4));
            chain.forgetBefore(5);
            assertEquals(entries.subList(2, 3), chain.from(0).entries());
          }
        });
  }

  @Test
  void whatAVerifierToldOthersSurvivesAPowerCut() {
    List<FinalBeacon> entries = entries(1, 2, 5);
    for (long seed = 1; seed <= 20; seed++) {
      try (SimWorld world = new SimWorld(seed)) {
        SimNode verifier = world.node("verifier");
        verifier.start(env -> {
          try (Store store = env.disk().openStore(FOLDER)) {
            BeaconChain chain = new BeaconChain(rules, store, env.clock(), Store.Durability.SYNCED);
            for (FinalBeacon entry : entries) {
              chain.add(entry);
            }
            env.clock().sleep(Duration.ofDays(1));
          }
        });
        world.runFor(Duration.ofSeconds(1));
        verifier.kill();
        List<FinalBeacon> kept = new ArrayList<>();
        verifier.start(env -> {
          try (Store store = env.disk().openStore(FOLDER)) {
            BeaconChain chain = new BeaconChain(rules, store, env.clock(), Store.Durability.SYNCED);
            kept.addAll(chain.from(0).entries());
          }
        });
        world.runFor(Duration.ofSeconds(1));
        assertEquals(entries, kept);
      }
    }
  }

  @Test
  void acceptsAnEntryFromGenesisAlone() {
    FinalBeacon last = entries(1, 2, 5).getLast();
    onChain(chain -> {
      assertEquals(Outcome.ADDED, chain.add(last));
      assertEquals(5, chain.tip().epoch());
    });
  }

  @Test
  void refusesEntriesWithoutTwoThirds() {
    onChain(chain -> assertEquals(Outcome.WRONG, chain.add(fixture.entry(zero, 1, reveals, 2))));
  }

  @Test
  void refusesSignaturesOfAnotherValueOrPlace() {
    FinalBeacon good = fixture.entry(zero, 1, reveals, 3);
    FinalBeacon other = new FinalBeacon(2, 0, good.value(), good.signatures(), good.reveals());
    List<SeatSignature> moved =
        good.signatures().stream()
            .map(seat -> new SeatSignature(seat.place() + 1, seat.signature()))
            .toList();
    FinalBeacon shifted = new FinalBeacon(1, 0, good.value(), moved, good.reveals());
    onChain(chain -> {
      assertEquals(Outcome.WRONG, chain.add(other));
      assertEquals(Outcome.WRONG, chain.add(shifted));
    });
  }

  @Test
  void refusesAValueThatDoesNotFollowFromItsReveals() {
    FinalBeacon good = fixture.entry(zero, 1, reveals, 3);
    FinalBeacon other = new FinalBeacon(1, 0, good.value(), good.signatures(), Seats.empty(4));
    onChain(chain -> assertEquals(Outcome.WRONG, chain.add(other)));
  }

  @Test
  void refusesTheSamePlaceTwice() {
    FinalBeacon good = fixture.entry(zero, 1, reveals, 3);
    List<SeatSignature> twice = List.of(good.signatures().get(0), good.signatures().get(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FinalBeacon(1, 0, good.value(), twice, good.reveals()));
  }

  @Test
  void letsAStatementNameOneOfFiveEpochs() {
    onChain(chain -> {
      for (FinalBeacon entry : entries(2, 4, 6, 8, 10, 12)) {
        chain.add(entry);
      }
      assertTrue(chain.serving(3, 2).isEmpty());
      assertTrue(chain.serving(1, 3).isEmpty());
      assertTrue(chain.serving(1, 2).isPresent());
      assertTrue(chain.serving(1, 10).isPresent());
      assertTrue(chain.serving(1, 12).isEmpty());
      assertTrue(chain.serving(3, 12).isPresent());
      assertTrue(chain.serving(0, 0).isPresent());
      assertTrue(chain.serving(0, 8).isPresent());
      assertTrue(chain.serving(0, 10).isEmpty());
      assertTrue(chain.serving(13, 14).isEmpty());
      assertEquals(List.of(4L, 6L, 8L, 10L, 12L), epochs(chain.serving(3)));
      assertEquals(List.of(0L, 2L, 4L, 6L, 8L), epochs(chain.serving(0)));
      assertEquals(List.of(12L), epochs(chain.serving(11)));
      assertEquals(List.of(), epochs(chain.serving(13)));
    });
  }

  private static List<Long> epochs(List<BeaconTip> tips) {
    return tips.stream().map(BeaconTip::epoch).toList();
  }

  @Test
  void waitsForAnEpochAndGivesUpAtTheDeadline() {
    SimWorld.run(
        1,
        env -> {
          try (Store store = env.disk().openStore(FOLDER);
              Tasks tasks = env.tasks("waits")) {
            BeaconChain chain = new BeaconChain(rules, store, env.clock(), Store.Durability.SYNCED);
            assertEquals(Optional.empty(), chain.await(1, env.clock().in(Duration.ofSeconds(1))));
            FinalBeacon entry = entries(2).getFirst();
            tasks.fork(
                "adds",
                () -> {
                  env.clock().sleep(Duration.ofSeconds(1));
                  chain.add(entry);
                });
            assertEquals(
                Optional.of(new BeaconTip(2, entry.value())),
                chain.await(1, env.clock().in(Duration.ofSeconds(2))));
            tasks.join();
            assertTrue(chain.reaches(2, env.clock().in(Duration.ZERO)));
            assertFalse(chain.reaches(3, env.clock().in(Duration.ofSeconds(1))));
            long nanos = env.clock().nanos();
            assertFalse(chain.reaches(Long.MAX_VALUE, env.clock().in(Duration.ofDays(1))));
            assertEquals(nanos, env.clock().nanos());
          }
        });
  }
}
