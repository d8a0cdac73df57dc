package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.beacon.BeaconEffect.Append;
import io.ppio.consensus.beacon.BeaconEffect.Ask;
import io.ppio.consensus.beacon.BeaconEffect.Broadcast;
import io.ppio.consensus.beacon.BeaconEffect.Cast;
import io.ppio.consensus.beacon.BeaconEffect.Refuse;
import io.ppio.consensus.beacon.BeaconMessage.Commit;
import io.ppio.consensus.beacon.BeaconMessage.Proposal;
import io.ppio.consensus.beacon.BeaconMessage.Reveal;
import io.ppio.crypto.hash.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Several rounds on one queue of events: no clock, no disk, no network but this.
class BeaconSimTest {
  /// One thing that will happen; equal times in the order of their making.
  private record Due(Instant at, long order, Runnable action) {}

  private static final class World {
    private final BeaconFixture fixture;
    private final Random random;
    private final PriorityQueue<Due> queue =
        new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final List<Node> nodes = new ArrayList<>();
    private final TreeMap<Long, Hash> agreed = new TreeMap<>();
    private Instant now = BeaconFixture.START;
    private long made;
    private double loss;

    World(int verifiers, long seed) {
      fixture = BeaconFixture.of(verifiers);
      random = new Random(seed);
      for (int place = 0; place < verifiers; place++) {
        nodes.add(new Node(this, place));
      }
      nodes.forEach(Node::start);
    }

    void later(Duration delay, Runnable action) {
      queue.add(new Due(now.plus(delay), made++, action));
    }

    /// Runs `action` at the far end, after a delay, unless the message is lost.
    void send(Runnable action) {
      if (random.nextDouble() >= loss) {
        later(Duration.ofMillis(1 + random.nextInt(20)), action);
      }
    }

    void runUntil(int millis) {
      Instant end = BeaconFixture.START.plusMillis(millis);
      while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
        Due due = queue.remove();
        now = due.at();
        due.action().run();
      }
      now = end;
    }

    /// The invariant: an epoch has one final value, wherever it is known.
    void found(FinalBeacon entry) {
      assertTrue(fixture.rules().isFinal(entry));
      Hash known = agreed.computeIfAbsent(entry.epoch(), _ -> entry.value());
      assertEquals(known, entry.value(), "two values of epoch " + entry.epoch());
    }

    List<Long> finalEpochs() {
      return List.copyOf(agreed.keySet());
    }
  }

  private static class Node {
    final World world;
    final int place;
    final BeaconSeat seat;
    final TreeMap<Long, FinalBeacon> chain = new TreeMap<>();
    BeaconRound round;
    Optional<BeaconVote> disk = Optional.empty();
    boolean alive;
    boolean silent;
    private int life;

    Node(World world, int place) {
      this.world = world;
      this.place = place;
      this.seat = world.fixture.seat(place);
      this.round = BeaconRound.start(seat, tip(), disk, world.now).next();
    }

    BeaconTip tip() {
      return chain.isEmpty()
          ? new BeaconTip(0, world.fixture.rules().first())
          : new BeaconTip(chain.lastKey(), chain.lastEntry().getValue().value());
    }

    void start() {
      alive = true;
      life++;
      take(BeaconRound.start(seat, tip(), disk, world.now));
    }

    void kill() {
      alive = false;
    }

    void on(BeaconEvent event) {
      if (alive) {
        take(round.on(event, seat));
      }
    }

    private void take(BeaconRound.Step step) {
      round = step.next();
      step.effects().forEach(this::run);
      int born = life;
      Duration pause = Duration.between(world.now, round.wake(seat));
      world.later(
          pause,
          () -> {
            if (born == life) {
              on(new BeaconEvent.Tick(world.now));
            }
          });
    }

    void run(BeaconEffect effect) {
      switch (effect) {
        case Broadcast(Reveal _) when silent -> assertTrue(silent);
        case Broadcast(var message) -> others().forEach(peer -> tell(peer, message));
        case Cast(var vote, var proposer) -> {
          assertTrue(
              disk.isEmpty() || disk.get().epoch() < vote.epoch() || disk.get().equals(vote));
          disk = Optional.of(vote);
          Hash digest = vote.statement(world.fixture.rules());
          var signature = world.fixture.identities().get(place).privateKey().sign(digest);
          Node target = world.nodes.get(proposer);
          world.send(() -> target.on(new BeaconEvent.Signed(world.now, place, signature)));
        }
        case Refuse _ -> assertTrue(alive);
        case Append(var entry) -> found(entry);
        case Ask(var from) -> others().forEach(peer -> world.send(() -> peer.answer(this, from)));
      }
    }

    void tell(Node peer, BeaconMessage message) {
      world.send(() -> peer.on(new BeaconEvent.Heard(world.now, place, message)));
    }

    private List<Node> others() {
      return world.nodes.stream().filter(peer -> peer != this).toList();
    }

    private void answer(Node peer, long from) {
      if (alive) {
        chain.tailMap(from).values().forEach(entry -> world.send(() -> peer.learn(entry)));
      }
    }

    private void learn(FinalBeacon entry) {
      if (alive && !chain.containsKey(entry.epoch())) {
        found(entry);
        on(new BeaconEvent.Learned(world.now, entry));
      }
    }

    private void found(FinalBeacon entry) {
      world.found(entry);
      chain.put(entry.epoch(), entry);
    }
  }

  private static List<Long> epochs(long from, long to) {
    return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void everyEpochBecomesFinalWithEveryReveal() {
    for (int verifiers : new int[] {1, 2, 3, 4, 7}) {
      World world = new World(verifiers, verifiers);
      world.runUntil(20_990);
      assertEquals(epochs(1, 20), world.finalEpochs());
      for (Node node : world.nodes) {
        assertEquals(20, node.chain.size(), verifiers + " verifiers, place " + node.place);
        node.chain.values().forEach(entry -> assertEquals(List.of(), entry.missing()));
        node.chain.values().forEach(entry -> assertEquals(entry.epoch() - 1, entry.previous()));
      }
    }
  }

  @Test
  void theNextPlaceTakesOverFromAProposerThatIsKilled() {
    World world = new World(3, 1);
    world.runUntil(4_990);
    Node proposer = world.nodes.get(5 % 3);
    proposer.kill();
    world.runUntil(9_990);
    assertEquals(epochs(1, 9), world.finalEpochs());
    for (FinalBeacon entry : world.nodes.getFirst().chain.tailMap(7L).values()) {
      assertEquals(List.of(proposer.place), entry.missing());
    }
    proposer.start();
    world.runUntil(14_990);
    assertEquals(epochs(1, 14), world.finalEpochs());
    assertEquals(14, proposer.chain.size());
    assertEquals(List.of(), proposer.chain.lastEntry().getValue().missing());
  }

  @Test
  void aProposerKilledBetweenItsProposalAndTheQuorumLosesNothing() {
    for (int millis = 5_500; millis < 5_560; millis += 3) {
      World world = new World(4, millis);
      world.runUntil(millis);
      world.nodes.get(5 % 4).kill();
      world.runUntil(8_990);
      assertEquals(epochs(1, 8), world.finalEpochs(), "killed at " + millis);
    }
  }

  @Test
  void aMissingRevealCountsAsZeroAndIsSeen() {
    World world = new World(3, 2);
    world.nodes.get(1).silent = true;
    world.runUntil(9_990);
    assertEquals(epochs(1, 9), world.finalEpochs());
    for (FinalBeacon entry : world.nodes.get(2).chain.values()) {
      boolean own = entry.reveals().has(1);
      assertTrue(own || entry.missing().equals(List.of(1)));
    }
    assertFalse(world.nodes.get(2).chain.values().stream().allMatch(e -> e.reveals().has(1)));
  }

  @Test
  void anEquivocatingProposerMakesNoTwoValuesFinal() {
    World world = new World(4, 3);
    Node liar = world.nodes.get(5 % 4);
    world.runUntil(5_499);
    Seats all = liar.round.held().reveals();
    long previous = liar.round.held().tip().epoch();
    world.runUntil(5_500);
    for (Node peer : liar.others()) {
      Seats part = peer.place % 2 == 0 ? all : all.with(liar.place, Hash.ZERO);
      liar.tell(peer, new Proposal(5, previous, part));
      liar.tell(peer, new Proposal(5, previous, all));
    }
    world.runUntil(12_990);
    assertTrue(world.finalEpochs().containsAll(epochs(6, 12)));
  }

  @Test
  void aPlaceThatCommitsDifferentlyToOthersCannotSplitThem() {
    World world = new World(4, 4);
    world.runUntil(4_900);
    Node liar = world.nodes.get(3);
    liar.kill();
    liar.tell(world.nodes.get(0), new Commit(5, BeaconRules.commitment(Hash.ZERO)));
    world.runUntil(9_990);
    assertTrue(world.finalEpochs().containsAll(epochs(6, 9)));
  }

  @Test
  void lossAndCrashesLeaveEpochsOutButNeverSplitOne() {
    for (long seed = 0; seed < 30; seed++) {
      World world = new World(4, seed);
      world.loss = 0.2;
      for (int i = 0; i < 10; i++) {
        Node victim = world.nodes.get(world.random.nextInt(4));
        world.runUntil(3_000 * i + world.random.nextInt(1_000));
        victim.kill();
        world.runUntil(3_000 * i + 1_000 + world.random.nextInt(1_000));
        victim.start();
      }
      world.loss = 0;
      world.runUntil(36_990);
      assertTrue(world.finalEpochs().containsAll(epochs(33, 36)), "seed " + seed);
      world.nodes.forEach(node -> assertEquals(36, node.chain.lastKey()));
    }
  }
}
