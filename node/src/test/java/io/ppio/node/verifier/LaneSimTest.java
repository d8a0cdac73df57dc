package io.ppio.node.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A verifier holds the keys of a lane between a miner and a reader, over a simulated network.
class LaneSimTest {
  @FunctionalInterface
  private interface Reading {
    void run(LaneScript lane, NodeHost reader) throws Exception;
  }

  private static void read(int verifiers, long seed, Reading reading) throws Exception {
    try (VerifierWorld network = new VerifierWorld(verifiers, seed)) {
      network.runUntilEpoch(3);
      LaneScript lane = new LaneScript(network);
      lane.startMiner();
      network.await(
          network.peer("reader", NodeRole.USER, lane::takeOffers, host -> reading.run(lane, host)));
    }
  }

  private static void refused(
      Status status, LaneScript lane, NodeHost reader, SignedStatement<Voucher> v) {
    assertEquals(status, assertThrows(CallFailed.class, () -> lane.reveal(reader, v)).status());
  }

  @Test
  void eachWindowOpensForItsVoucherOnly() throws Exception {
    read(
        3,
        41,
        (lane, reader) -> {
          lane.sendRequest(reader);
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 1);
          assertTrue(lane.offers.getFirst().isConfirmedBy(lane.holder().publicKey()));
          assertTrue(lane.offers.getFirst().listsKeysOf(LaneScript.PIECES));
          assertEquals(1, lane.spotChecks);
          for (int window = 0; window < lane.keys.windows().count(); window++) {
            SignedStatement<Reveal> reveal = lane.reveal(reader, lane.voucher(window));
            assertTrue(reveal.isBy(lane.holder().publicKey()));
            assertEquals(new Reveal(window, lane.keys.key(window), lane.lane()), reveal.body());
            assertEquals(reveal, lane.reveal(reader, lane.voucher(window)));
          }
          reader.env().clock().sleep(Duration.ofSeconds(1));
          assertEquals(List.of(1L, 2L, 3L), lane.copies.stream().map(v -> v.body().seq()).toList());
          assertEquals(6, lane.network.counted(lane.holder(), VerifierCounter.REVEALS));
        });
  }

  @Test
  void aDepositWaitsForItsReader() throws Exception {
    read(
        7,
        42,
        (lane, reader) -> {
          lane.sendDeposit(lane.deposit());
          reader.env().clock().sleep(Duration.ofSeconds(3));
          assertEquals(List.of(), lane.offers);
          lane.sendRequest(reader);
          lane.awaitOffers(reader, 1);
          lane.reveal(reader, lane.voucher(0));
        });
  }

  @Test
  void noKeyWithoutAVoucherThatCounts() throws Exception {
    read(
        3,
        43,
        (lane, reader) -> {
          refused(Status.NOT_FOUND, lane, reader, lane.voucher(0));
          lane.sendRequest(reader);
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 1);
          SignedStatement<Voucher> good = lane.voucher(0);
          refused(
              Status.UNAUTHENTICATED,
              lane,
              reader,
              Statement.sign(good.body(), TestNetwork.key("other")));
          BigInteger little = LaneScript.price(1);
          refused(
              Status.PAYMENT_REQUIRED, lane, reader, lane.voucher(0, 1, BigInteger.ZERO, little));
          lane.reveal(reader, good);
          refused(
              Status.PAYMENT_REQUIRED,
              lane,
              reader,
              lane.voucher(1, 2, BigInteger.ZERO, LaneScript.price(4)));
          refused(
              Status.FORBIDDEN,
              lane,
              reader,
              lane.voucher(1, 1, LaneScript.price(4), LaneScript.price(4)));
          assertEquals(4, lane.network.counted(lane.holder(), VerifierCounter.VOUCHERS_REFUSED));
        });
  }

  @Test
  void aMinerThatFailsTheSpotCheckGetsNoConfirmation() throws Exception {
    read(
        3,
        44,
        (lane, reader) -> {
          lane.cheats = true;
          lane.sendRequest(reader);
          lane.sendDeposit(lane.deposit());
          reader.env().clock().sleep(Duration.ofSeconds(5));
          assertEquals(List.of(), lane.offers);
          assertEquals(1, lane.network.counted(lane.holder(), VerifierCounter.LANES_REFUSED));
          assertEquals(1, lane.network.counted(lane.holder(), VerifierCounter.MINERS_REPORTED));
          refused(Status.CONTRACT_INVALID, lane, reader, lane.voucher(0));
          lane.cheats = false;
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 1);
          lane.reveal(reader, lane.voucher(0));
        });
  }

  @Test
  void theSweepLeavesALaneAloneThatWaitsForItsMiner() throws Exception {
    read(
        3,
        53,
        (lane, reader) -> {
          lane.spotCheckTakes = Duration.ofMillis(900);
          lane.clockJump = Duration.ofSeconds(2);
          reader.env().clock().sleep(lane.network.untilSweep().minusMillis(400));
          lane.sendRequest(reader);
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 1);
          assertEquals(1, lane.spotChecksAtOnceMost);
        });
  }

  @Test
  void neverTwoOffersForOneLane() throws Exception {
    read(
        3,
        48,
        (lane, reader) -> {
          lane.sendRequest(reader);
          LaneKeys other = new LaneKeys(Hash.sha256(new byte[] {1}), lane.keys.windows());
          lane.sendDeposit(lane.deposit());
          lane.sendDeposit(lane.deposit(other, other.secret()));
          lane.awaitOffers(reader, 1);
          lane.sendDeposit(lane.deposit(other, other.secret()));
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 2);
          reader.env().clock().sleep(Duration.ofSeconds(3));
          assertEquals(2, lane.offers.size());
          lane.offers.forEach(offer -> assertEquals(lane.deposit().terms(), offer.terms().body()));
          assertEquals(2, lane.network.counted(lane.holder(), VerifierCounter.LANES_REFUSED));
        });
  }

  @Test
  void aDepositWhoseKeysDoNotFollowFromItsSecretIsRefused() throws Exception {
    read(
        3,
        45,
        (lane, reader) -> {
          LaneKeys other = new LaneKeys(Hash.sha256(new byte[] {1}), lane.keys.windows());
          CallFailed failed =
              assertThrows(
                  CallFailed.class,
                  () -> lane.sendDeposit(lane.deposit(other, lane.keys.secret())));
          assertEquals(Status.BAD_REQUEST, failed.status());
        });
  }

  @Test
  void aDepositAtAVerifierThatWasNotDrawnIsRefusedAtOnce() throws Exception {
    read(
        7,
        49,
        (lane, reader) -> {
          PeerId other =
              lane.network.verifiers().stream()
                  .filter(verifier -> !lane.drawn().contains(verifier))
                  .findFirst()
                  .orElseThrow();
          lane.sendRequest(reader, other);
          CallFailed failed =
              assertThrows(CallFailed.class, () -> lane.sendDeposit(lane.deposit(), other));
          assertEquals(Status.FORBIDDEN, failed.status());
        });
  }

  @Test
  void depositsForInventedChannelsTakeTheirMinersPlacesOnly() throws Exception {
    read(
        3,
        50,
        (lane, reader) -> {
          for (int number = 0; number < 16; number++) {
            lane.sendDeposit(lane.depositFor(Hash.sha256(new byte[] {1, (byte) number})));
          }
          CallFailed failed =
              assertThrows(
                  CallFailed.class,
                  () -> lane.sendDeposit(lane.depositFor(Hash.sha256(new byte[] {2}))));
          assertEquals(Status.OVERLOADED, failed.status());
          reader.env().clock().sleep(Duration.ofSeconds(11));
          lane.sendRequest(reader);
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 1);
        });
  }

  @Test
  void aKilledKeyHolderGoesOnWithItsLanes() throws Exception {
    try (VerifierWorld network = new VerifierWorld(3, 46)) {
      network.runUntilEpoch(3);
      LaneScript lane = new LaneScript(network);
      lane.startMiner();
      boolean[] half = {false};
      boolean[] goOn = {false};
      List<SignedStatement<Reveal>> reveals = new ArrayList<>();
      boolean[] done =
          network.peer(
              "reader",
              NodeRole.USER,
              lane::takeOffers,
              reader -> {
                lane.sendRequest(reader);
                lane.sendDeposit(lane.deposit());
                lane.awaitOffers(reader, 1);
                reveals.add(lane.reveal(reader, lane.voucher(0)));
                half[0] = true;
                while (!goOn[0]) {
                  reader.env().clock().sleep(Duration.ofMillis(100));
                }
                reader.env().clock().sleep(Duration.ofSeconds(8));
                assertEquals(reveals.getFirst(), lane.reveal(reader, lane.voucher(0)));
                refused(
                    Status.PAYMENT_REQUIRED,
                    lane,
                    reader,
                    lane.voucher(1, 2, BigInteger.ZERO, LaneScript.price(4)));
                lane.reveal(reader, lane.voucher(1));
                lane.sendRequest(reader);
                lane.awaitOffers(reader, 2);
              });
      network.await(half);
      network.machine(lane.holder()).kill();
      network.start(lane.holder());
      goOn[0] = true;
      network.await(done);
      assertEquals(1, lane.spotChecks);
    }
  }

  @Test
  void aMinerThatIsSilentTwiceIsReportedAndTheReportOutlivesACrash() throws Exception {
    try (VerifierWorld network = new VerifierWorld(3, 52)) {
      network.runUntilEpoch(3);
      LaneScript lane = new LaneScript(network);
      lane.silent = true;
      lane.startMiner();
      network.await(
          network.peer(
              "reader",
              NodeRole.USER,
              lane::takeOffers,
              reader -> {
                lane.sendRequest(reader);
                lane.sendDeposit(lane.deposit());
                reader.env().clock().sleep(Duration.ofSeconds(5));
                assertEquals(2, lane.spotChecks);
                assertEquals(List.of(), lane.offers);
              }));
      assertEquals(1, network.counted(lane.holder(), VerifierCounter.MINERS_REPORTED));
      network.machine(lane.holder()).kill();
      network.start(lane.holder());
      network.runUntilEpoch(30);
      assertEquals(1, network.counted(lane.holder(), VerifierCounter.MINERS_REPORTED));
      assertEquals(0, network.counted(lane.holder(), VerifierCounter.LANES));
    }
  }

  @Test
  void lanesAreForgottenWithTheirChannel() throws Exception {
    read(
        3,
        47,
        (lane, reader) -> {
          lane.sendRequest(reader);
          lane.sendDeposit(lane.deposit());
          lane.awaitOffers(reader, 1);
          assertEquals(1, lane.network.counted(lane.holder(), VerifierCounter.LANES));
          reader.env().clock().sleep(Duration.ofSeconds(400));
          assertEquals(0, lane.network.counted(lane.holder(), VerifierCounter.LANES));
          refused(Status.NOT_FOUND, lane, reader, lane.voucher(0));
        });
  }
}
