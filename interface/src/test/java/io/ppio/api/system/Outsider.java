package io.ppio.api.system;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Deadline;
import io.ppio.env.Env;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transfer.PutCommit;
import io.ppio.network.transfer.PutOpen;
import io.ppio.network.transfer.PutPiece;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.wire.Method;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A peer of a local network that speaks the protocol itself and does only what a test tells it to.
final class Outsider implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  /// Copies that a user sends itself; the others are made from these.
  private static final int BY_USER = 2;

  final PrivateKey wallet;
  private final Genesis genesis;
  private final NodeHost host;
  private long orders;

  private Outsider(Genesis genesis, NodeHost host) {
    this.genesis = genesis;
    this.host = host;
    this.wallet = PrivateKey.generate(host.env());
  }

  /// A user that has a key and nothing else.
  static Outsider user(LocalNetwork net, Path folder) throws Exception {
    return user(net, folder, _ -> {});
  }

  static Outsider user(LocalNetwork net, Path folder, Serving serving) throws Exception {
    return join(
        net,
        folder,
        new HostConfig(
            NodeRole.USER,
            "outsider",
            folder,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            genesis(net),
            List.of()),
        serving);
  }

  /// Adds what a peer answers.
  @FunctionalInterface
  interface Serving {
    void add(NodeHost host) throws Exception;
  }

  static Outsider join(LocalNetwork net, Path folder, HostConfig config, Serving serving)
      throws Exception {
    Env env = new RealEnv(config.name(), folder, new Slf4jLog(config.name()));
    Outsider outsider = new Outsider(genesis(net), NodeHost.open(env, config));
    try {
      serving.add(outsider.host);
      outsider.host.serve();
      return outsider;
    } catch (Exception e) {
      outsider.close();
      throw e;
    }
  }

  static Genesis genesis(LocalNetwork net) throws IOException, MalformedMessage {
    Path folder = net.user().folder().resolveSibling("genesis.json");
    return Genesis.fromJson(Files.readAllBytes(folder));
  }

  Genesis genesis() {
    return genesis;
  }

  NodeHost host() {
    return host;
  }

  List<PeerId> verifiers() {
    return genesis.peers(NodeRole.VERIFIER);
  }

  Bytes call(Contact to, Method method, Bytes body) throws CallFailed, InterruptedException {
    return host.peers().call(to, method, body, CallOptions.DEFAULT).body();
  }

  Contact indexer() {
    return host.directory().named(NodeRole.INDEXER).getFirst();
  }

  Bytes index(IndexRequest request) throws CallFailed, InterruptedException {
    return call(indexer(), Method.INDEX, IndexCodec.encode(request));
  }

  /// All final epochs as one verifier tells them.
  List<FinalBeacon> beacons(PeerId verifier) throws Exception {
    List<FinalBeacon> all = new ArrayList<>();
    Contact contact = host.directory().contact(verifier);
    while (true) {
      long from = all.isEmpty() ? 0 : all.getLast().epoch() + 1;
      Bytes query = ProofCodec.encode(new ProofMessage.MakeBeacon(new BeaconMessage.Query(from)));
      Bytes answer = call(contact, Method.PROOF, query);
      List<FinalBeacon> some = BeaconMessage.Entries.decode(answer, verifiers().size()).entries();
      if (some.isEmpty()) {
        return all;
      }
      all.addAll(some);
    }
  }

  /// A segment of random tiles.
  record Body(List<byte[]> tiles, SegmentTree tree, Hash chunk) {
    static Body random(int tiles, long seed) {
      Random random = new Random(seed);
      List<byte[]> all = new ArrayList<>();
      TileHasher hasher = new TileHasher();
      List<Hash> roots = new ArrayList<>();
      for (int i = 0; i < tiles; i++) {
        byte[] tile = new byte[Tile.SIZE];
        random.nextBytes(tile);
        all.add(tile);
        roots.add(hasher.root(tile, 0));
      }
      return new Body(all, new SegmentTree(roots), Hash.sha256(all.toArray(byte[][]::new)));
    }

    int size() {
      return tiles.size() * Tile.SIZE;
    }
  }

  /// Orders copies of a segment.
  List<Matched.Holder> order(Body body, int copies) throws Exception {
    long now = host.env().clock().wallMillis() / 1000;
    SegmentOrder order =
        new SegmentOrder(
            genesis.chainId(),
            wallet.account(),
            ++orders,
            Content.of(body.chunk(), body.size(), body.tree().root()),
            new Terms(
                copies, now, now + 864_000, BigInteger.valueOf(100), PlacementWish.ANY, now + 3600),
            new SegmentOrder.Sealing(1, Hash.ZERO),
            false);
    OrderBatch batch = OrderBatch.sign(List.of(order), wallet);
    Bytes name = body.chunk().bytes().slice(0, 16);
    IndexRequest request =
        new IndexRequest.Order(name, batch.pathed(), batch.signature(), List.of());
    try (ItemStream items =
        host.peers().stream(
            indexer(), Method.INDEX, IndexCodec.encode(request), CallOptions.DEFAULT)) {
      return IndexCodec.answer(Matched.class, items.next().orElseThrow().body()).holders();
    }
  }

  /// Sends the segment to one of its miners until it says that it is safe.
  void upload(Body body, Matched.Holder holder) throws Exception {
    SignedStatement<Match> match = holder.match();
    Contact miner =
        new IndexerClient(host, new OwnerKeys(wallet), LIMIT)
            .miner(match.body().miner(), holder.peerRecord());
    Hash contract = match.body().contractId();
    Bytes upload =
        Hash.tagged("ppio/upload/1", new FixedWidth().hash(contract)).bytes().slice(0, 16);
    FixedWidth leaves = new FixedWidth();
    body.tree().tileRoots().forEach(leaves::hash);
    PutOpen open =
        new PutOpen(
            upload,
            contract,
            body.chunk(),
            body.size(),
            body.tree().root(),
            Bytes.of(leaves.toArray()),
            List.of(),
            1,
            Bytes.of(match.encode()));
    send(miner, Method.PUT_OPEN, open.encode(), CallOptions.DEFAULT);
    for (int i = 0; i < body.tiles().size(); i++) {
      send(
          miner,
          Method.PUT_PIECE,
          new PutPiece(upload, i, Bytes.EMPTY).encode(),
          CallOptions.DEFAULT.payload(java.nio.ByteBuffer.wrap(body.tiles().get(i))));
    }
    send(miner, Method.PUT_COMMIT, new PutCommit(upload).encode(), CallOptions.DEFAULT);
  }

  private void send(Contact to, Method method, Bytes body, CallOptions options)
      throws CallFailed, InterruptedException {
    host.peers().call(to, method, body, options);
  }

  /// Orders and uploads a segment, and waits until all its copies are proven.
  List<Match> store(Body body, int copies) throws Exception {
    List<Matched.Holder> holders = order(body, copies);
    for (Matched.Holder holder : holders.subList(0, Math.min(BY_USER, copies))) {
      upload(body, holder);
    }
    List<Match> matches = holders.stream().map(holder -> holder.match().body()).toList();
    awaitProven(matches);
    return matches;
  }

  /// How contracts stand.
  List<Standing> standings(List<Match> matches) throws Exception {
    var request = new IndexRequest.Contracts(matches.stream().map(Match::contractId).toList());
    return IndexCodec.answer(IndexAnswer.ContractList.class, index(request)).contracts();
  }

  void awaitProven(List<Match> matches) throws Exception {
    Deadline limit = host.env().clock().in(LIMIT);
    while (!standings(matches).stream()
        .allMatch(standing -> evidence(standing) instanceof IndexAnswer.Evidence.Certified)) {
      if (limit.passed()) {
        throw new IOException("not proven: " + standings(matches));
      }
      host.env().clock().sleep(POLL);
    }
  }

  @Override
  public void close() {
    host.close();
  }

  /// The newest thing that the miner of a contract has shown.
  static IndexAnswer.Evidence evidence(IndexAnswer.ContractList.Standing standing) {
    if (standing.certificate().isPresent()) {
      return new IndexAnswer.Evidence.Certified(standing.certificate().get());
    }
    Optional<SignedStatement<? extends Ack>> stored = standing.stored().map(it -> it);
    return stored
        .or(() -> standing.staged().map(it -> it))
        .<IndexAnswer.Evidence>map(IndexAnswer.Evidence.Acked::new)
        .orElseGet(IndexAnswer.Evidence.None::new);
  }
}
