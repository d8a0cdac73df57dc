package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A node that lost one of the tasks it cannot do without says so to whoever runs it.
class VitalTaskSimTest {
  @Test
  void aVitalTaskThatFailsBreaksTheNode() {
    try (UserWorld network = new UserWorld(1, 1, 3)) {
      network.user((env, user) -> {
        assertFalse(user.host().isBroken());
        user.host()
            .vital(
                "ledger",
                () -> {
                  env.clock().sleep(Duration.ofSeconds(1));
                  throw new IOException("the disk is gone");
                });
        assertEquals("ledger: the disk is gone", user.host().awaitBroken());
        assertTrue(user.host().isBroken());
      });
    }
  }

  @Test
  void closingANodeBreaksNothing() {
    try (UserWorld network = new UserWorld(1, 1, 4)) {
      UserNode[] closed = new UserNode[1];
      network.user((env, user) -> {
        user.host().vital("sleeper", () -> env.clock().sleep(Duration.ofDays(1)));
        env.clock().sleep(Duration.ofSeconds(1));
        closed[0] = user;
      });
      assertFalse(closed[0].host().isBroken());
    }
  }
}
