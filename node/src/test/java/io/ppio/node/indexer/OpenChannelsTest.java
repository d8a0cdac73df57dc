package io.ppio.node.indexer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.node.fixtures.TestNetwork;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of channels is bounded.
class OpenChannelsTest {
  private static final PeerId ONE = TestNetwork.key("one").peerId();
  private static final PeerId OTHER = TestNetwork.key("other").peerId();

  private static Hash contract(int number) {
    return TestNetwork.hash("contract " + number);
  }

  @Test
  void aContractThatIsNamedManyTimesIsRememberedOnce() {
    TestNetwork.alone(env -> {
      OpenChannels channels = new OpenChannels(env.clock(), new OpenChannels.Limits(1000, 1000));
      channels.opened(ONE, Collections.nCopies(640, contract(0)));
      assertEquals(1, channels.size());
      assertTrue(channels.mayReport(ONE, contract(0)));
      assertFalse(channels.mayReport(OTHER, contract(0)));
    });
  }

  @Test
  void aReaderMakesRoomForItselfBeforeItCostsOthersTheirs() {
    TestNetwork.alone(env -> {
      OpenChannels channels = new OpenChannels(env.clock(), new OpenChannels.Limits(20, 10));
      channels.opened(OTHER, List.of(contract(0)));
      for (int i = 0; i < 1000; i++) {
        channels.opened(ONE, List.of(contract(2 * i), contract(2 * i + 1)));
        assertTrue(channels.size() <= 11);
      }
      assertTrue(channels.mayReport(OTHER, contract(0)));
      assertTrue(channels.mayReport(ONE, contract(1990)));
      assertFalse(channels.mayReport(ONE, contract(1989)));
    });
  }

  @Test
  void allReadersTogetherHaveABoundToo() {
    TestNetwork.alone(env -> {
      OpenChannels channels = new OpenChannels(env.clock(), new OpenChannels.Limits(20, 10));
      for (int i = 0; i < 100; i++) {
        channels.opened(TestNetwork.key("r" + i).peerId(), List.of(contract(i)));
      }
      assertEquals(20, channels.size());
      assertFalse(channels.mayReport(TestNetwork.key("r79").peerId(), contract(79)));
      assertTrue(channels.mayReport(TestNetwork.key("r80").peerId(), contract(80)));
    });
  }

  @Test
  void aChannelThatEndsTakesNothingFromALaterOne() {
    TestNetwork.alone(env -> {
      OpenChannels channels = new OpenChannels(env.clock(), new OpenChannels.Limits(20, 10));
      channels.opened(ONE, List.of(contract(0), contract(1)));
      env.clock().sleep(Duration.ofHours(23));
      channels.opened(ONE, List.of(contract(1)));
      env.clock().sleep(Duration.ofHours(2));
      channels.expire();
      assertFalse(channels.mayReport(ONE, contract(0)));
      assertTrue(channels.mayReport(ONE, contract(1)));
      env.clock().sleep(Duration.ofDays(1));
      channels.expire();
      assertEquals(0, channels.size());
      assertFalse(channels.mayReport(ONE, contract(1)));
    });
  }
}
