package io.ppio.node.miner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelTableTest {
  private static final int SEGMENTS = 4;
  private static final int WEIGHT = SEGMENTS + ChannelTable.CHANNEL_WEIGHT;
  private static final PrivateKey KEY = TestNetwork.key("user");

  private static PeerId reader(int number) {
    return TestNetwork.key("reader " + number).peerId();
  }

  private static Hash channel(int number) {
    return Hash.sha256(new byte[] {(byte) number});
  }

  private static LaneRequest request(int number) {
    DownloadOpen.SegmentEntry entry = new DownloadOpen.SegmentEntry(channel(0), 1, channel(0));
    List<DownloadOpen.SegmentEntry> list = Collections.nCopies(SEGMENTS, entry);
    DownloadOpen open =
        DownloadOpen.of(
            new DownloadOpen.Parties(channel(number), KEY.account(), KEY.publicKey()),
            list,
            BigInteger.ONE,
            1);
    LaneGrant grant = new LaneGrant(channel(0), channel(number), KEY.account(), open.escrow());
    return new LaneRequest(
        Statement.sign(grant, KEY),
        list,
        Statement.sign(new ChannelOpened(Statement.sign(open, KEY), 1), KEY));
  }

  /// A book that has room for so many channels.
  @FunctionalInterface
  private interface Body {
    void run(ChannelTable book) throws Exception;
  }

  private static void withRoomFor(int all, int ofReader, Body body) {
    ChannelTable.Bounds bounds = new ChannelTable.Bounds(all * WEIGHT, ofReader * WEIGHT);
    SimWorld.run(1, env -> body.run(new ChannelTable(env.clock(), bounds)));
  }

  private static boolean knows(ChannelTable book, int reader, int channel) {
    return book.find(reader(reader), channel(channel)::equals).isPresent();
  }

  @Test
  void aReaderLosesItsOldestChannelsBeyondItsBound() {
    withRoomFor(
        10,
        2,
        book -> {
          book.introduce(reader(1), request(1));
          book.introduce(reader(2), request(2));
          book.introduce(reader(1), request(3));
          book.introduce(reader(1), request(4));
          assertEquals(3, book.size());
          assertTrue(knows(book, 2, 2) && knows(book, 1, 3) && knows(book, 1, 4));
        });
  }

  @Test
  void beyondTheBoundOfAllWhoeverHoldsTheMostGivesWay() {
    withRoomFor(
        4,
        3,
        book -> {
          book.introduce(reader(1), request(1));
          for (int number = 2; number <= 4; number++) {
            book.introduce(reader(2), request(number));
          }
          book.introduce(reader(3), request(5));
          assertEquals(4, book.size());
          assertTrue(
              knows(book, 1, 1) && knows(book, 2, 3) && knows(book, 2, 4) && knows(book, 3, 5));
        });
  }

  @Test
  void howeverManyReadersComeTheBoundHolds() {
    withRoomFor(
        4,
        3,
        book -> {
          for (int number = 1; number <= 40; number++) {
            book.introduce(reader(number), request(number));
            assertEquals(Math.min(number, 4), book.size());
          }
        });
  }

  @Test
  void aChannelSaidAgainTakesItsPlaceOnce() {
    withRoomFor(
        2,
        2,
        book -> {
          book.introduce(reader(1), request(1));
          for (int times = 0; times < 5; times++) {
            book.introduce(reader(1), request(2));
          }
          assertTrue(knows(book, 1, 1) && knows(book, 1, 2));
        });
  }

  @Test
  void aChannelBelongsToWhoeverCameFirst() {
    withRoomFor(
        2,
        2,
        book -> {
          book.introduce(reader(1), request(1));
          Refused refused =
              assertThrows(Refused.class, () -> book.introduce(reader(2), request(1)));
          assertEquals(Status.FORBIDDEN, refused.status());
          assertTrue(knows(book, 1, 1));
        });
  }
}
