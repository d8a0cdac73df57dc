package io.ppio.api.system;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.fixtures.WholeWindow;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Tariff;
import io.ppio.network.peer.Contact;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A reader that opens a channel as it should, takes what it is given, and never pays.
final class Freeloader {
  private static final int WINDOW = 8;
  private static final BigInteger CHIPRICE = BigInteger.valueOf(100);

  /// The offers that come to a reader.
  static final class Offers {
    private final ConcurrentLinkedQueue<LaneOffer> queue = new ConcurrentLinkedQueue<>();

    void serve(NodeHost reader) {
      reader
          .services()
          .add(Method.LANE, exchange -> queue.add((LaneOffer) LaneCodec.decode(exchange.body())));
    }

    /// Waits for the miner's own offer and the key holder's.
    void await(Clock clock) throws InterruptedException {
      while (queue.size() < 2) {
        clock.sleep(Duration.ofMillis(20));
      }
    }

    LaneOffer first() {
      return queue.element();
    }
  }

  private final Outsider self;
  private final Offers offers;
  private final Contact miner;
  private final Contact holder;
  private final Hash segment;
  private final Hash channel;
  private final Hash lane;
  private final long expires;
  private final Hash root;

  /// Who serves it.
  private record Servers(Contact miner, Contact holder) {}

  private Freeloader(
      Outsider self, Offers offers, Servers servers, Outsider.Body body, DownloadOpen open)
      throws Exception {
    this.self = self;
    this.offers = offers;
    this.miner = servers.miner();
    this.holder = servers.holder();
    this.segment = body.chunk();
    this.channel = open.channel();
    this.expires = open.expiresSeconds();
    this.lane = LaneKeys.lane(channel, miner.id().keyHash(), segment);
    Bytes answer =
        self.host()
            .peers()
            .call(
                miner,
                Method.SEGMENT_MAP,
                new SegmentMap(segment, ReadMode.POD, lane.bytes(), true).encode(),
                CallOptions.DEFAULT)
            .body();
    this.root = TransferCodec.decode(SegmentMap.Answer.class, answer).root();
  }

  static Freeloader open(Outsider self, Offers offers, Outsider.Body body, Match match)
      throws Exception {
    PrivateKey key = PrivateKey.generate(self.host().env());
    List<SegmentEntry> list =
        List.of(new SegmentEntry(body.chunk(), body.tiles().size(), body.tree().root()));
    byte[] id = new byte[Hash.SIZE];
    self.host().env().secret(id);
    long now = self.host().env().clock().wallMillis() / 1000;
    DownloadOpen open =
        DownloadOpen.of(
            new DownloadOpen.Parties(Hash.of(id), self.wallet.account(), key.publicKey()),
            list,
            CHIPRICE,
            now + 600);
    SignedStatement<DownloadOpen> signed = Statement.sign(open, self.wallet);
    IndexAnswer.Opened opened =
        IndexCodec.answer(
            IndexAnswer.Opened.class, self.index(new IndexRequest.Open(signed, list)));
    LaneRequest request =
        new LaneRequest(
            opened.grants().getFirst(),
            list,
            new SignedStatement<>(new ChannelOpened(signed, opened.height()), opened.signature()));
    Contact miner = self.host().directory().contact(match.miner().peerId());
    Contact holder = self.host().directory().contact(holder(self, open, match, opened.height()));
    self.call(holder, Method.LANE, LaneCodec.encode(request));
    self.call(miner, Method.LANE, LaneCodec.encode(request));
    Freeloader reader = new Freeloader(self, offers, new Servers(miner, holder), body, open);
    offers.await(self.host().env().clock());
    return reader;
  }

  private static PeerId holder(Outsider self, DownloadOpen open, Match match, long height)
      throws Exception {
    Hash beacon =
        self.beacons(self.verifiers().getFirst()).stream()
            .filter(entry -> entry.epoch() == height)
            .findFirst()
            .orElseThrow()
            .value();
    List<PeerId> pool = new ArrayList<>(self.verifiers());
    pool.sort(Comparator.comparing(PeerId::account));
    FixedWidth draw =
        new FixedWidth().hash(beacon).hash(open.channel()).hash(match.miner().hash()).u64(0).u32(0);
    BigInteger drawn = new BigInteger(1, Hash.tagged("ppio/verifier", draw).toArray());
    return pool.get(drawn.mod(BigInteger.valueOf(pool.size())).intValue());
  }

  /// Takes one piece after the other until the miner refuses.
  ///
  /// @param into gets the pieces
  void readOn(List<byte[]> into) throws Exception {
    while (true) {
      GetPieces request =
          new GetPieces(
              segment,
              List.of(into.size()),
              List.of(),
              ReadMode.POD,
              lane.bytes(),
              false,
              GetPieces.Range.ALL);
      try (ItemStream stream =
          self.host().peers().stream(
              miner, Method.GET_PIECES, request.encode(), CallOptions.DEFAULT)) {
        Reply reply = stream.next().orElseThrow();
        GetPieces.Item item = TransferCodec.decode(GetPieces.Item.class, reply.body());
        if (item.status() != Status.OK) {
          throw new CallFailed(item.status(), "piece " + item.piece());
        }
        byte[] piece = new byte[reply.payload().remaining()];
        reply.payload().get(piece);
        into.add(piece);
      }
    }
  }

  /// A voucher for the first window, right but for its signature: not that of the channel's key.
  private Bytes worthless() {
    Voucher voucher =
        new Voucher(
            new Voucher.LaneName(self.genesis().chainId(), channel, lane),
            1,
            BigInteger.ZERO,
            Tariff.pieces(WINDOW, CHIPRICE),
            WholeWindow.claim(0, WINDOW, offers.first().keyHashes().getFirst()),
            root,
            expires);
    PrivateKey other = PrivateKey.generate(self.host().env());
    return LaneCodec.encode(new LaneMessage.Pay(Statement.sign(voucher, other)));
  }

  void askMinerForAKey() throws CallFailed, InterruptedException {
    ask(miner);
  }

  void askHolderForAKey() throws CallFailed, InterruptedException {
    ask(holder);
  }

  private void ask(Contact to) throws CallFailed, InterruptedException {
    self.host().peers().call(to, Method.LANE, worthless(), CallOptions.DEFAULT);
  }
}
