package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Runners of several verifiers in one world, joined by calls that take a few milliseconds.
class BeaconRunnerSimTest {
  private static final class Verifier implements BeaconPeers {
    private final Env env;
    private final List<Verifier> all;
    private final NodeIdentity identity;
    private final Store store;
    private final BeaconChain chain;
    private BeaconRunner runner;
    private boolean up;

    Verifier(Env env, BeaconFixture fixture, int place, List<Verifier> all) throws IOException {
      this.env = env;
      this.all = all;
      this.identity = fixture.identities().get(place);
      this.store = env.disk().openStore(Path.of("/data/v" + place));
      this.chain = new BeaconChain(fixture.rules(), store, env.clock(), Store.Durability.SYNCED);
      this.runner = new BeaconRunner(env, identity, chain, store, this);
    }

    Task start(Tasks tasks) {
      runner = new BeaconRunner(env, identity, chain, store, this);
      up = true;
      return tasks.fork("verifier", runner::run);
    }

    private Optional<Verifier> reach(PeerId peer) throws InterruptedException {
      env.clock().sleep(Duration.ofMillis(5));
      return all.stream()
          .filter(other -> other.up && other.identity.peerId().equals(peer))
          .findAny();
    }

    @Override
    public void tell(PeerId peer, BeaconMessage message) throws InterruptedException {
      reach(peer).ifPresent(other -> other.runner.hear(identity.peerId(), message));
    }

    @Override
    public Optional<Signature> propose(PeerId peer, BeaconMessage.Proposal proposal)
        throws InterruptedException {
      Optional<Verifier> other = reach(peer);
      return other.isPresent()
          ? other.get().runner.propose(identity.peerId(), proposal)
          : Optional.empty();
    }

    @Override
    public BeaconMessage.Entries ask(PeerId peer, BeaconMessage.Query query)
        throws InterruptedException {
      try {
        Optional<Verifier> other = reach(peer);
        return other.isPresent()
            ? other.get().chain.from(query.from())
            : new BeaconMessage.Entries(List.of());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<Verifier> verifiers(Env env, int count) throws IOException {
    BeaconFixture fixture = BeaconFixture.of(count);
    List<Verifier> verifiers = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      verifiers.add(new Verifier(env, fixture, place, verifiers));
    }
    return verifiers;
  }

  private static void sleepUntil(Env env, int millis) throws InterruptedException {
    env.clock().sleep(Duration.between(env.clock().wall(), BeaconFixture.START.plusMillis(millis)));
  }

  @Test
  void everyVerifierKnowsEveryEpoch() {
    for (int count : new int[] {1, 3}) {
      SimWorld.run(
          count,
          env -> {
            List<Verifier> verifiers = verifiers(env, count);
            try (Tasks tasks = env.tasks("test")) {
              verifiers.forEach(verifier -> verifier.start(tasks));
              sleepUntil(env, 8_990);
            }
            for (Verifier verifier : verifiers) {
              assertEquals(8, verifier.chain.from(1).entries().size());
              assertEquals(verifiers.getFirst().chain.tip(), verifier.chain.tip());
              verifier.store.close();
            }
          });
    }
  }

  @Test
  void theOthersGoOnWithoutAKilledProposerAndTakeItBack() {
    SimWorld.run(
        5,
        env -> {
          List<Verifier> verifiers = verifiers(env, 3);
          try (Tasks tasks = env.tasks("test")) {
            List<Task> running = verifiers.stream().map(it -> it.start(tasks)).toList();
            sleepUntil(env, 4_990);
            Verifier proposer = verifiers.get(5 % 3);
            proposer.up = false;
            running.get(5 % 3).cancel();
            sleepUntil(env, 7_990);
            assertEquals(7, verifiers.getFirst().chain.from(1).entries().size());
            assertTrue(proposer.chain.tip().epoch() < 5);
            proposer.start(tasks);
            sleepUntil(env, 11_990);
          }
          for (Verifier verifier : verifiers) {
            assertEquals(11, verifier.chain.from(1).entries().size());
            assertEquals(List.of(), verifier.chain.entry(11).orElseThrow().missing());
            verifier.store.close();
          }
        });
  }

  @Test
  void strangersHaveNoSay() {
    SimWorld.run(
        6,
        env -> {
          List<Verifier> verifiers = verifiers(env, 2);
          NodeIdentity stranger =
              BeaconFixture.of(3).identities().stream()
                  .filter(id ->
                      verifiers.stream().noneMatch(v -> v.identity.peerId().equals(id.peerId())))
                  .findFirst()
                  .orElseThrow();
          BeaconMessage.Proposal proposal = new BeaconMessage.Proposal(1, 0, Seats.empty(2));
          BeaconRunner runner = verifiers.getFirst().runner;
          runner.hear(stranger.peerId(), new BeaconMessage.Query(0));
          assertEquals(Optional.empty(), runner.propose(stranger.peerId(), proposal));
          Verifier first = verifiers.getFirst();
          assertThrows(
              IllegalArgumentException.class,
              () -> new BeaconRunner(env, stranger, first.chain, first.store, first));
          for (Verifier verifier : verifiers) {
            verifier.store.close();
          }
        });
  }
}
