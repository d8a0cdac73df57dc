package io.ppio.node.miner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.fixtures.WholeWindow;
import io.ppio.incentive.market.Tariff;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestSegment;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A miner sells what it has staged, itself holding the keys: no beacon says who else does.
class PaidReadSimTest {

  private final TestSegment plain = TestSegment.of(3, 1);

  /// A reader's side of one lane.
  private record Lane(
      MinerWorld network, NodeHost host, TestSegment plain, List<LaneOffer> offers) {
    private static final PrivateKey CHANNEL_KEY = TestNetwork.key("channel");
    private static final Hash CHANNEL = Hash.sha256(new byte[] {42});
    private static final long EXPIRES = 1_767_225_600L + 3_000;

    Lane(MinerWorld network, NodeHost host, TestSegment plain) {
      this(network, host, plain, new ArrayList<>());
      host.services()
          .add(Method.LANE, exchange -> offers.add((LaneOffer) LaneCodec.decode(exchange.body())));
    }

    Hash id() {
      return LaneKeys.lane(CHANNEL, network.minerId().keyHash(), plain.segment());
    }

    Bytes call(Method method, Bytes body) throws Exception {
      return host.peers().call(network.contact(), method, body, CallOptions.DEFAULT).body();
    }

    void introduce(BigInteger chiprice) throws Exception {
      var list =
          List.of(
              new DownloadOpen.SegmentEntry(
                  plain.segment(), plain.tiles().size(), plain.tree().root()));
      DownloadOpen open =
          DownloadOpen.of(
              new DownloadOpen.Parties(CHANNEL, network.user.account(), CHANNEL_KEY.publicKey()),
              list,
              chiprice,
              EXPIRES);
      LaneGrant grant =
          new LaneGrant(
              network.genesis.chainId(),
              CHANNEL,
              network.minerId().publicKey().account(),
              open.escrow());
      LaneRequest request =
          new LaneRequest(
              Statement.sign(grant, network.indexer),
              list,
              Statement.sign(
                  new ChannelOpened(Statement.sign(open, network.user), 1), network.indexer));
      call(Method.LANE, LaneCodec.encode(request));
    }

    /// Opens the lane and waits for the miner's offer.
    LaneOffer open() throws Exception {
      SegmentMap ask = new SegmentMap(plain.segment(), ReadMode.POD, id().bytes(), true);
      call(Method.SEGMENT_MAP, ask.encode());
      while (offers.isEmpty()) {
        host.env().clock().sleep(Duration.ofMillis(50));
      }
      return offers.getFirst();
    }

    SignedStatement<Voucher> voucher(LaneOffer offer, BigInteger chiprice) {
      int pieces = plain.tiles().size();
      return Statement.sign(
          new Voucher(
              new Voucher.LaneName(network.genesis.chainId(), CHANNEL, id()),
              1,
              BigInteger.ZERO,
              Tariff.pieces(pieces, chiprice),
              WholeWindow.claim(0, pieces, offer.keyHashes().getFirst()),
              offer.terms().body().cipheredRoot(),
              EXPIRES),
          CHANNEL_KEY);
    }

    Reveal reveal(SignedStatement<Voucher> voucher) throws Exception {
      Bytes message = LaneCodec.encode(new LaneMessage.Pay(voucher));
      return Reveal.decode(call(Method.LANE, message).toArray()).body();
    }
  }

  private void stage(MinerWorld network) {
    network.peer(
        "uploader",
        host -> new UploadSimTest.Upload(network, host, plain, network.match(plain)).all());
  }

  @Test
  void nothingIsServedBelowWhatTheMinerAsks() {
    try (MinerWorld network = new MinerWorld(1)) {
      network.start();
      network.peer(
          "reader",
          host -> {
            Lane lane = new Lane(network, host, plain);
            CallFailed refused =
                assertThrows(CallFailed.class, () -> lane.introduce(BigInteger.ZERO));
            assertEquals(Status.PAYMENT_REQUIRED, refused.status());
            lane.introduce(BigInteger.ONE);
          });
    }
  }

  @Test
  void noKeyIsShownBeforeItsVoucherIsDurable() {
    FailingDisk disk = new FailingDisk("store");
    try (MinerWorld network = new MinerWorld(2)) {
      network.start(disk::in);
      stage(network);
      network.peer(
          "reader",
          host -> {
            Lane lane = new Lane(network, host, plain);
            lane.introduce(BigInteger.TEN);
            LaneOffer offer = lane.open();
            SignedStatement<Voucher> voucher = lane.voucher(offer, BigInteger.TEN);
            disk.fail(true);
            for (int times = 0; times < 3; times++) {
              CallFailed failed = assertThrows(CallFailed.class, () -> lane.reveal(voucher));
              assertEquals(Status.INTERNAL, failed.status());
            }
            disk.fail(false);
            for (int times = 0; times < 2; times++) {
              assertTrue(lane.reveal(voucher).opens(offer.keyHashes().getFirst()));
            }
          });
    }
  }

  @Test
  void aLaneEndsWithItsChannel() {
    try (MinerWorld network = new MinerWorld(3)) {
      network.start();
      stage(network);
      network.peer(
          "reader",
          host -> {
            Lane lane = new Lane(network, host, plain);
            lane.introduce(BigInteger.TEN);
            lane.reveal(lane.voucher(lane.open(), BigInteger.TEN));
          });
      network.world.runFor(Duration.ofMinutes(55));
      network.peer(
          "reader",
          host -> {
            Lane lane = new Lane(network, host, plain);
            CallFailed over = assertThrows(CallFailed.class, lane::open);
            assertEquals(Status.CONTRACT_INVALID, over.status());
          });
    }
  }
}
