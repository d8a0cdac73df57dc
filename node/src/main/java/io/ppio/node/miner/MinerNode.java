package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.data.staging.Upload;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.wire.Method;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// A miner: takes copies, seals and proves them, serves them.
///
/// Everything it acknowledged is in its files or its store before it says so; started again on its
/// folder it goes on with every copy where it was. Safe for use by any number of tasks.
public final class MinerNode implements AutoCloseable {
  /// A rough figure for the offers: what sealing one copy takes while others wait.
  private static final long MILLIS_PER_COPY = 200;

  private final NodeHost host;
  private final MinerStorage holdings;
  private final BeaconFollower beacon;
  private final CopyStore book;
  private final Counters<MinerCounter> tally = new Counters<>(MinerCounter.class);
  private final ReplicaPipeline workshop;
  private final IndexerClient indexers;
  private final CopyCapacity room;

  private MinerNode(NodeHost host, MinerConfig config, MinerStorage holdings) throws IOException {
    this.host = host;
    this.holdings = holdings;
    this.beacon = BeaconFollower.start(host);
    this.book = new CopyStore(host.store(), host.env().clock());
    this.room = new CopyCapacity(host.env(), holdings, book);
    this.indexers = new IndexerClient(host, config, room);
    MinerStock stock = MinerStock.of(holdings, book, host.env().clock());
    ReplicaSteps line = new ReplicaSteps(host, holdings, beacon, tally);
    this.workshop = new ReplicaPipeline(host, stock, line, indexers, tally);
    StageAcknowledger intake = new StageAcknowledger(host, book, beacon, workshop::add, tally);
    UploadService uploads = new UploadService(host, room, book, intake, tally);
    CopyTaker copies = new CopyTaker(host, room, book, intake, tally);
    LaneService lanes = new LaneService(host, stock, beacon, workshop, config.asks());
    PieceService pieces = new PieceService(host, stock, lanes, workshop);
    host.services()
        .add(Method.PUT_OPEN, uploads::open)
        .add(Method.PUT_PIECE, uploads::piece)
        .add(Method.PUT_COMMIT, uploads::commit)
        .add(Method.PUT_ABORT, uploads::abort)
        .add(Method.COPY_FROM, copies::answer)
        .add(Method.SEGMENT_MAP, pieces::map)
        .add(Method.GET_PIECES, pieces::pieces)
        .add(Method.LANE, lanes::lane)
        .add(Method.PROOF, lanes::proof);
  }

  /// Starts the miner; it serves when this returns.
  ///
  /// @throws io.ppio.env.FolderInUse when another process has the folder
  /// @throws IOException when the disk fails, what is on it is damaged, or the address cannot be
  ///   bound
  public static MinerNode start(Env env, MinerConfig config)
      throws IOException, InterruptedException {
    NodeHost host = NodeHost.open(env, config.host());
    try {
      MinerStorage holdings = MinerStorage.open(host, config);
      try {
        MinerNode node = new MinerNode(host, config, holdings);
        int orphans = node.freeOrphans();
        new MinerLog(env.log())
            .opened(holdings.plot().usage().tiles(), holdings.plot().usage().data(), orphans);
        host.serve();
        node.begin();
        return node;
      } catch (IOException | InterruptedException | RuntimeException e) {
        holdings.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private void begin() {
    workshop.start();
    host.tasks()
        .serve("offer", () -> indexers.offer(() -> workshop.unfinished() * MILLIS_PER_COPY));
    for (PeerId indexer : host.genesis().peers(NodeRole.INDEXER)) {
      host.tasks().serve("watch", () -> indexers.watch(indexer, workshop::drop));
    }
    MinerLog log = new MinerLog(host.env().log());
    host.tasks()
        .serve(
            "audit",
            new ContractReconciler(host.env().clock(), book, indexers, workshop::drop, log)::run);
  }

  /// Frees sealed segments that no record knows and staged ones that none needs: a crash came
  /// between the end of a contract and its tiles, between staging and its record, or between the
  /// proof and the end of staging. Nothing of it was acknowledged, or is not promised any more.
  private int freeOrphans() throws IOException, InterruptedException {
    List<Hash> orphans = new ArrayList<>();
    holdings
        .plot()
        .scan(segment -> {
          if (book.find(segment.replica().contract()).isEmpty()) {
            orphans.add(segment.replica().rid());
          }
          return true;
        });
    for (Hash rid : orphans) {
      holdings.plot().free(rid);
    }
    int staged = 0;
    for (Upload upload : holdings.staging().uploads()) {
      boolean needed =
          book.find(new Hash(upload.id()))
              .map(CopyRecord::unfinished)
              .orElse(upload.state() == Upload.State.RECEIVING);
      if (!needed && upload.remove()) {
        staged++;
      }
    }
    return orphans.size() + staged;
  }

  /// What an operator sees.
  public Counters<MinerCounter> status() {
    tally.set(MinerCounter.BEACON_EPOCH, beacon.tip().epoch());
    tally.set(MinerCounter.FREE_TILES, room.freeTiles());
    tally.set(MinerCounter.CONTRACTS, book.all().size());
    tally.set(MinerCounter.UNPROVEN, workshop.unfinished());
    return tally;
  }

  /// The node beneath the role.
  public NodeHost host() {
    return host;
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return host.address().orElseThrow();
  }

  @Override
  public void close() {
    try {
      host.close();
    } finally {
      closePlot();
    }
  }

  private void closePlot() {
    try {
      holdings.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the plot", e);
    }
  }
}
