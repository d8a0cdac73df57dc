package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.identity.PeerId;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.transport.AdmissionPolicy.Crowd;
import io.ppio.network.transport.AdmissionPolicy.Decision;
import io.ppio.network.transport.AdmissionPolicy.Made;
import io.ppio.network.transport.AdmissionPolicy.Standing;
import io.ppio.network.transport.AdmissionPolicy.Stays;
import io.ppio.network.wire.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table in [AdmissionPolicy], a line for each side of each limit, and the tie-break.
class AdmissionPolicyTest {
  private static final AdmissionPolicy POLICY = new AdmissionPolicy(1024);

  @ParameterizedTest
  @CsvSource({
    // closing, banned, of node, of peer, of host, of network, expected
    "false, false,    0, 0,   0,    0, OK",
    "false, true,     0, 0,   0,    0, FORBIDDEN",
    "true,  true,     0, 0,   0,    0, FORBIDDEN",
    "true,  false,    0, 0,   0,    0, OVERLOADED",
    "false, false, 1023, 0,   0,    0, OK",
    "false, false, 1024, 0,   0,    0, OVERLOADED",
    "false, false,    7, 7,   7,    7, OK",
    "false, false,    8, 8,   8,    8, OVERLOADED",
    "false, false,  512, 0, 512,  512, OK",
    "false, false,  513, 0,  63,  127, OK",
    "false, false,  513, 0,  64,   64, OVERLOADED",
    "false, false,  513, 0,   0,  128, OVERLOADED",
  })
  void eachLimitHoldsFromItsFigureOn(
      boolean closing, boolean banned, int node, int peer, int host, int network, Status expected) {
    Decision made =
        POLICY.decide(new Standing(closing, banned, new Crowd(node, peer, host, network)));
    assertEquals(
        expected == Status.OK ? new Decision.Admit() : new Decision.Reject(expected), made);
  }

  @Test
  void aSmallNodeStillTakesSixteenTunnelsOfAHostAndSixtyFourOfANetwork() {
    AdmissionPolicy small = new AdmissionPolicy(100);
    Decision admit = new Decision.Admit();
    Decision overloaded = new Decision.Reject(Status.OVERLOADED);
    assertEquals(admit, small.decide(new Standing(false, false, new Crowd(51, 0, 15, 63))));
    assertEquals(overloaded, small.decide(new Standing(false, false, new Crowd(51, 0, 16, 16))));
    assertEquals(overloaded, small.decide(new Standing(false, false, new Crowd(65, 0, 0, 64))));
  }

  @Test
  void ofSimultaneousTunnelsThatOfTheSmallerDiallerStaysAndLaterTheNewer() {
    List<PeerId> ids =
        Stream.of("a", "b").map(name -> TestNodes.identity(name).peerId()).sorted().toList();
    PeerId small = ids.get(0);
    PeerId large = ids.get(1);
    long window = AdmissionPolicy.SIMULTANEOUS.toNanos();
    assertTrue(small.compareTo(large) < 0);
    assertEquals(Stays.OLDER, between(small, large, window - 1));
    assertEquals(Stays.NEWER, between(large, small, window - 1));
    assertEquals(Stays.NEWER, between(small, large, window));
    assertEquals(Stays.NEWER, between(large, small, window));
    assertEquals(Stays.NEWER, between(small, small, 1), "its dialler has lost the older one");
  }

  private static Stays between(PeerId older, PeerId newer, long apartNanos) {
    return AdmissionPolicy.between(new Made(older, 5), new Made(newer, 5 + apartNanos));
  }
}
