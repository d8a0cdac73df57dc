package io.ppio.node.verifier;

import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.CipheredSegment;
import io.ppio.data.proof.pod.Delivery;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.fixtures.WholeWindow;
import io.ppio.incentive.market.Tariff;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A miner and a reader of one lane: each does its part by the messages, and notes what it got.
final class LaneScript {
  static final BigInteger CHIPRICE = BigInteger.valueOf(100);
  static final int PIECES = 10;
  static final int WINDOW = 4;

  final VerifierWorld network;
  final TestReplica replica = TestReplica.of(PIECES, 3);
  final PrivateKey channelKey = TestNetwork.key("channel");
  final Hash channel = Hash.sha256(new byte[] {42});
  final LaneKeys keys = new LaneKeys(Hash.sha256(new byte[] {9}), new Windows(PIECES, WINDOW));
  final SegmentTree ciphered;
  final List<LaneOffer> offers = new ArrayList<>();
  final List<SignedStatement<Voucher>> copies = new ArrayList<>();
  int spotChecks;
  int spotChecksAtOnce;
  int spotChecksAtOnceMost;
  Duration spotCheckTakes = Duration.ZERO;

  /// How far the key holder's clock jumps while it waits for its first spot check.
  Duration clockJump = Duration.ZERO;

  boolean cheats;
  boolean silent;
  @Nullable NodeHost miner;
  @Nullable FinalBeacon opened;

  LaneScript(VerifierWorld network) throws Exception {
    this.network = network;
    this.ciphered = new CipheredSegment(keys).tree(replica.plain().source());
  }

  NodeHost miner() {
    return java.util.Objects.requireNonNull(miner);
  }

  FinalBeacon opened() {
    return java.util.Objects.requireNonNull(opened);
  }

  PrivateKey minerKey() {
    return miner().identity().privateKey();
  }

  Hash lane() {
    return LaneKeys.lane(channel, minerKey().publicKey().hash(), replica.plain().segment());
  }

  /// The key holder: the first verifier drawn for channel and miner.
  PeerId holder() {
    return drawn().getFirst();
  }

  /// The verifiers drawn for channel and miner.
  List<PeerId> drawn() {
    Bytes subject =
        Bytes.of(new FixedWidth().hash(channel).hash(minerKey().publicKey().hash()).toArray());
    return network.drawn(opened().value(), subject);
  }

  // The miner.

  /// Starts the miner; it answers spot checks, and opens the channel's epoch for all.
  void startMiner() {
    boolean[] ready =
        network.peer(
            "miner",
            NodeRole.MINER,
            host -> {
              host.services().add(Method.PROOF, this::answerSpot);
              host.services().add(Method.LANE, this::takeCopy);
            },
            host -> {
              opened = network.newest(host);
              miner = host;
            });
    network.await(ready);
  }

  private void answerSpot(Exchange exchange) throws Exception {
    spotChecks++;
    spotChecksAtOnce++;
    spotChecksAtOnceMost = Math.max(spotChecksAtOnceMost, spotChecksAtOnce);
    try {
      network.machine(holder()).setWallOffset(clockJump);
      miner().env().clock().sleep(spotCheckTakes);
      answer(exchange);
    } finally {
      spotChecksAtOnce--;
    }
  }

  private void answer(Exchange exchange) throws Exception {
    if (silent) {
      throw new Refused(Status.UNAVAILABLE, "no answer");
    }
    var asked = (ProofMessage.CheckSpot) ProofCodec.decode(exchange.body(), 0);
    SpotCheck check = asked.check();
    Hash beacon = network.awaitEpoch(miner(), check.height()).value();
    List<Long> positions = check.positions(beacon, PIECES);
    if (cheats) {
      positions = positions.reversed();
    }
    List<SpotAnswer.Leaf> leaves =
        Delivery.open(
            positions,
            keys,
            new Delivery.Trees(replica.plain().tree(), ciphered),
            replica.plain().source());
    exchange.reply(Bytes.of(Statement.sign(new SpotAnswer(check, leaves), minerKey()).encode()));
  }

  private void takeCopy(Exchange exchange) throws Exception {
    copies.add(((LaneMessage.Pay) LaneCodec.decode(exchange.body())).voucher());
  }

  LaneDeposit deposit() {
    return deposit(keys, keys.secret());
  }

  LaneDeposit deposit(LaneKeys claimed, Hash secret) {
    LaneTerms terms =
        new LaneTerms(
            channel, replica.plain().segment(), ciphered.root(), WINDOW, claimed.keyRoot());
    return LaneDeposit.of(
        Statement.sign(terms, minerKey()),
        replica.plain().tree().root(),
        secret,
        replica.match(network, minerKey(), 1));
  }

  /// Sends a deposit from the miner's machine.
  void sendDeposit(LaneDeposit deposit) throws Exception {
    sendDeposit(deposit, holder());
  }

  void sendDeposit(LaneDeposit deposit, PeerId to) throws Exception {
    VerifierWorld.call(miner(), to, Method.LANE, LaneCodec.encode(deposit));
  }

  /// A deposit for a channel that nobody opened.
  LaneDeposit depositFor(Hash invented) {
    LaneTerms terms =
        new LaneTerms(invented, replica.plain().segment(), ciphered.root(), WINDOW, keys.keyRoot());
    return LaneDeposit.of(
        Statement.sign(terms, minerKey()),
        replica.plain().tree().root(),
        keys.secret(),
        replica.match(network, minerKey(), 1));
  }

  // The reader.

  /// Keeps the offers that come.
  void takeOffers(NodeHost reader) {
    reader
        .services()
        .add(Method.LANE, exchange -> offers.add((LaneOffer) LaneCodec.decode(exchange.body())));
  }

  long expires() {
    return 1_767_225_600L + 300;
  }

  LaneRequest request() {
    List<SegmentEntry> list =
        List.of(new SegmentEntry(replica.plain().segment(), PIECES, replica.plain().tree().root()));
    DownloadOpen open =
        DownloadOpen.of(
            new DownloadOpen.Parties(channel, network.userAccount(), channelKey.publicKey()),
            list,
            CHIPRICE,
            expires());
    LaneGrant grant =
        new LaneGrant(network.genesis.chainId(), channel, minerKey().account(), open.escrow());
    return new LaneRequest(
        Statement.sign(grant, network.indexer),
        list,
        Statement.sign(
            new ChannelOpened(Statement.sign(open, network.user), opened().epoch()),
            network.indexer));
  }

  void sendRequest(NodeHost reader) throws Exception {
    sendRequest(reader, holder());
  }

  void sendRequest(NodeHost reader, PeerId to) throws Exception {
    VerifierWorld.call(reader, to, Method.LANE, LaneCodec.encode(request()));
  }

  void awaitOffers(NodeHost reader, int count) throws Exception {
    while (offers.size() < count) {
      reader.env().clock().sleep(Duration.ofMillis(50));
    }
  }

  /// A voucher for a whole window after all windows before it.
  SignedStatement<Voucher> voucher(int window) {
    int before = window * WINDOW;
    int pieces = keys.windows().length(window);
    return voucher(window, window + 1, price(before), price(pieces));
  }

  static BigInteger price(int pieces) {
    return Tariff.pieces(pieces, CHIPRICE);
  }

  SignedStatement<Voucher> voucher(int window, long seq, BigInteger settled, BigInteger locked) {
    Hash keyHash = LaneKeys.keyHash(keys.key(window));
    return Statement.sign(
        new Voucher(
            new Voucher.LaneName(network.genesis.chainId(), channel, lane()),
            seq,
            settled,
            locked,
            WholeWindow.claim(window, keys.windows().length(window), keyHash),
            ciphered.root(),
            expires()),
        channelKey);
  }

  SignedStatement<Reveal> reveal(NodeHost reader, SignedStatement<Voucher> voucher)
      throws Exception {
    Bytes message = LaneCodec.encode(new LaneMessage.Pay(voucher));
    return Reveal.decode(VerifierWorld.call(reader, holder(), Method.LANE, message).toArray());
  }
}
