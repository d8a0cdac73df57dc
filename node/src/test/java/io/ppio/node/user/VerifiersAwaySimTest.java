package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.env.simulated.SimNetwork;
import io.ppio.env.simulated.SimNode;
import io.ppio.incentive.contract.ObjectState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there as long as its term, also when nobody can prove it.
class VerifiersAwaySimTest {
  private static final Path SOURCE = Path.of("/source");
  private static final Path TARGET = Path.of("/target");

  @Test
  void anObjectOutlivesHoursWithoutVerifiersAndIsProvenAfterwards() {
    byte[] content = UserWorld.content(2 * UserWorld.SEGMENT + 77, 1);
    try (UserWorld network = new UserWorld(3, 3, 11)) {
      List<SimNode> verifiers =
          List.of(network.machine("v0"), network.machine("v1"), network.machine("v2"));
      List<SimNode> others =
          List.of(
              network.machine("m0"),
              network.machine("m1"),
              network.machine("m2"),
              network.machine("indexer"));
      SimNetwork.Partition away = network.world.network().partition(verifiers, others);
      network.user((env, user) -> {
        UserWorld.write(env, SOURCE, content);
        user.createBucket("abc");
        String put = user.put(UserWorld.request(env, "key", SOURCE, 2)).orElseThrow();
        UserWorld.finish(env, user, put);
      });
      network.world.runFor(Duration.ofHours(3));
      away.heal();
      network.user((env, user) -> {
        UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
        assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
        while (!user.head("abc", "key").state().equals(Optional.of(ObjectState.DEAL))) {
          env.clock().sleep(Duration.ofMillis(500));
        }
        assertEquals(Optional.of(ObjectState.DEAL), user.head("abc", "key").state());
      });
    }
  }
}
