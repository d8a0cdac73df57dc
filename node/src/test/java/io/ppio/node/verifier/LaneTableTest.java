package io.ppio.node.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Clock;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneTableTest {
  private static final int SEGMENTS = 4;
  private static final int WEIGHT = SEGMENTS + LaneTable.REQUEST_WEIGHT;
  private static final PrivateKey KEY = TestNetwork.key("user");

  private static final SignedStatement<Match> MATCH = match();

  private static SignedStatement<Match> match() {
    try (VerifierWorld network = new VerifierWorld(1, 1)) {
      return TestReplica.of(1, 1).match(network, KEY, 1);
    }
  }

  private static PeerId reader(int number) {
    return TestNetwork.key("reader " + number).peerId();
  }

  private static Hash hash(int number) {
    return Hash.sha256(new byte[] {(byte) number});
  }

  private static ChannelRequest request(int channel) {
    DownloadOpen.SegmentEntry entry = new DownloadOpen.SegmentEntry(hash(0), 1, hash(0));
    List<DownloadOpen.SegmentEntry> list = Collections.nCopies(SEGMENTS, entry);
    DownloadOpen open =
        DownloadOpen.of(
            new DownloadOpen.Parties(hash(channel), KEY.account(), KEY.publicKey()),
            list,
            BigInteger.ONE,
            1);
    LaneGrant grant = new LaneGrant(hash(0), hash(channel), KEY.account(), open.escrow());
    return new ChannelRequest(
        new LaneRequest(
            Statement.sign(grant, KEY),
            list,
            Statement.sign(new ChannelOpened(Statement.sign(open, KEY), 1), KEY)));
  }

  @FunctionalInterface
  private interface TableUse {
    void run(LaneTable book, Clock clock) throws Exception;
  }

  private static void withRoomFor(int all, int ofReader, TableUse body) {
    LaneTable.Bounds bounds = new LaneTable.Bounds(all * WEIGHT, ofReader * WEIGHT);
    SimWorld.run(1, env -> body.run(new LaneTable(env.clock(), bounds), env.clock()));
  }

  private static boolean knows(LaneTable book, Clock clock, int channel) throws Exception {
    return book.await(request(channel).key(), clock.in(Duration.ZERO)).isPresent();
  }

  private static void open(LaneTable book, Clock clock, int channel) throws Exception {
    LaneKeys keys = new LaneKeys(hash(1), new Windows(1, 1));
    LaneTerms terms = new LaneTerms(hash(channel), hash(0), hash(0), 1, keys.keyRoot());
    LaneAgreement agreement =
        new LaneAgreement(
            new Voucher.LaneName(hash(0), hash(channel), hash(channel + 100)),
            terms,
            keys.keyHashes(),
            new LaneAgreement.Money(
                KEY.publicKey(), BigInteger.ONE, BigInteger.TEN, clock.wall().plusSeconds(10)),
            1);
    LaneDeposit deposit = LaneDeposit.of(Statement.sign(terms, KEY), hash(0), keys.secret(), MATCH);
    assertTrue(
        book.put(
            new HeldLane(
                clock,
                request(channel),
                deposit,
                agreement,
                KeyLane.begin(agreement, clock.wall()).next()),
            Optional.empty()));
  }

  @Test
  void requestsWithoutALaneGiveWayInTheBoundOfTheirReader() {
    withRoomFor(
        9,
        2,
        (book, clock) -> {
          for (int channel = 1; channel <= 5; channel++) {
            book.ask(reader(1), request(channel));
          }
          assertFalse(knows(book, clock, 3));
          assertTrue(knows(book, clock, 4) && knows(book, clock, 5));
        });
  }

  @Test
  void whoeverWaitsForTheMostGivesWay() {
    withRoomFor(
        4,
        3,
        (book, clock) -> {
          book.ask(reader(1), request(1));
          for (int channel = 2; channel <= 4; channel++) {
            book.ask(reader(2), request(channel));
          }
          book.ask(reader(3), request(5));
          assertTrue(knows(book, clock, 1) && knows(book, clock, 5));
          assertFalse(knows(book, clock, 2));
        });
  }

  @Test
  void aFewIdentitiesDoNotFillTheBook() {
    withRoomFor(
        8,
        2,
        (book, clock) -> {
          for (int channel = 1; channel <= 40; channel++) {
            book.ask(reader(channel % 8), request(channel));
          }
          book.ask(reader(50), request(50));
          assertTrue(knows(book, clock, 50));
        });
  }

  @Test
  void requestsWithALaneStay() {
    withRoomFor(
        2,
        2,
        (book, clock) -> {
          book.ask(reader(1), request(1));
          open(book, clock, 1);
          book.ask(reader(1), request(2));
          book.ask(reader(2), request(3));
          assertTrue(knows(book, clock, 1) && knows(book, clock, 3));
          open(book, clock, 3);
          Refused refused = assertThrows(Refused.class, () -> book.ask(reader(3), request(4)));
          assertEquals(Status.OVERLOADED, refused.status());
        });
  }

  @Test
  void aMinerTakesItsShareOfThePlacesOnly() {
    SimWorld.run(
        1,
        env -> {
          DepositPermits places = new DepositPermits(env.clock(), 3, 2);
          assertTrue(places.take(reader(1)));
          assertTrue(places.take(reader(1)));
          assertFalse(places.take(reader(1)));
          assertTrue(places.take(reader(2)));
          assertFalse(places.take(reader(2)));
          places.give(reader(1));
          assertTrue(places.take(reader(2)));
          assertFalse(places.take(reader(1)));
        });
  }
}
