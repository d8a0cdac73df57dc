package io.ppio.node.miner;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.wire.Method;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import io.ppio.physical.disk.DiskHealth;
import io.ppio.physical.disk.DiskHealth.Operation;
import io.ppio.physical.disk.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A miner: takes copies, seals and proves them, serves them.
///
/// Everything it acknowledged is in its files or its store before it says so; started again on its
/// folder it goes on with every copy where it was. Safe for use by any number of tasks.
public final class MinerNode implements AutoCloseable {
  /// A rough figure for the offers: what sealing one copy takes while others wait.
  private static final long MILLIS_PER_COPY = 200;

  private final NodeHost host;
  private final MinerStorage storage;
  private final BeaconFollower beacon;
  private final CopyStore copies;
  private final CopyCapacity capacity;
  private final IndexerClient indexers;
  private final ReplicaPipeline pipeline;
  private final LaneService lanes;
  private final Counters<MinerCounter> counters = new Counters<>(MinerCounter.class);
  private final MinerLog log;

  private MinerNode(NodeHost host, MinerConfig config, MinerStorage storage) throws IOException {
    Clock clock = host.env().clock();
    this.host = host;
    this.storage = storage;
    this.log = new MinerLog(host.env().log());
    this.beacon = BeaconFollower.start(host);
    this.copies = new CopyStore(host.store(), clock);
    this.capacity = new CopyCapacity(host.env(), storage, copies);
    this.indexers = new IndexerClient(host, config, capacity);
    this.pipeline =
        new ReplicaPipeline(
            host, copies, storage, new ReplicaSteps(host, storage, beacon, indexers, counters));
    PlainTiles tiles = new PlainTiles(storage, copies, clock, pipeline::damaged);
    ChannelTable channels = new ChannelTable(clock, ChannelTable.Bounds.STANDARD);
    LaneTable table = new LaneTable(clock, new LaneOpener(host, channels, copies, tiles, beacon));
    LaneSteps steps = new LaneSteps(host, tiles, counters);
    this.lanes = new LaneService(host, channels, table, steps, config.asks().download());
    StageAcknowledger acknowledger =
        new StageAcknowledger(host, copies, beacon, pipeline::add, counters);
    UploadService uploads = new UploadService(host, capacity, copies, acknowledger, counters);
    CopyTaker taker = new CopyTaker(host, capacity, copies, acknowledger, counters);
    PieceService pieces = new PieceService(host, copies, tiles, lanes, counters);
    SpotCheckService checks = new SpotCheckService(host, table, tiles, beacon);
    host.services()
        .add(Method.PUT_OPEN, uploads::open)
        .add(Method.PUT_PIECE, uploads::piece)
        .add(Method.PUT_COMMIT, uploads::commit)
        .add(Method.PUT_ABORT, uploads::abort)
        .add(Method.COPY_FROM, taker::answer)
        .add(Method.SEGMENT_MAP, pieces::map)
        .add(Method.GET_PIECES, pieces::pieces)
        .add(Method.LANE, lanes::answer)
        .add(Method.PROOF, checks::answer);
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
      MinerStorage storage = MinerStorage.open(host, config);
      try {
        MinerNode node = new MinerNode(host, config, storage);
        int orphans = node.pipeline.recover();
        node.log.opened(storage.plot().usage().tiles(), storage.plot().usage().data(), orphans);
        host.serve();
        node.begin();
        return node;
      } catch (IOException | InterruptedException | RuntimeException e) {
        storage.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private void begin() {
    pipeline.start();
    host.tasks().serve("offer", () -> indexers.offer(() -> pipeline.unproven() * MILLIS_PER_COPY));
    for (PeerId indexer : host.genesis().peers(NodeRole.INDEXER)) {
      host.tasks().serve("watch", () -> indexers.watch(indexer, pipeline::drop));
    }
    ContractReconciler reconciler =
        new ContractReconciler(host.env().clock(), copies, indexers, pipeline::drop, log);
    host.tasks().serve("audit", reconciler::run);
    host.tasks().serve("lane ticks", lanes::tick);
  }

  /// What an operator sees.
  public Counters<MinerCounter> status() {
    counters.set(MinerCounter.BEACON_EPOCH, beacon.tip().epoch());
    counters.set(MinerCounter.FREE_TILES, capacity.freeTiles());
    counters.set(MinerCounter.CONTRACTS, copies.all().size());
    counters.set(MinerCounter.UNPROVEN, pipeline.unproven());
    counters.set(MinerCounter.CHANNELS, lanes.channels());
    counters.set(MinerCounter.PLOT_BYTES, storage.quota().used(Quota.Use.PLOT));
    counters.set(MinerCounter.STAGING_BYTES, storage.quota().used(Quota.Use.STAGING));
    counters.set(MinerCounter.METADATA_BYTES, storage.quota().used(Quota.Use.METADATA));
    DiskHealth disk = storage.plot().health();
    counters.set(MinerCounter.DISK_READS, disk.of(Operation.READ).count());
    counters.set(MinerCounter.DISK_WRITES, disk.of(Operation.WRITE).count());
    counters.set(MinerCounter.DISK_FORCES, disk.of(Operation.FORCE).count());
    counters.set(
        MinerCounter.DISK_FORCE_MICROS, disk.of(Operation.FORCE).latency().toNanos() / 1000);
    counters.set(MinerCounter.DISK_ERRORS, disk.errors());
    return counters;
  }

  /// The node beneath the role.
  public NodeHost host() {
    return host;
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
      storage.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the plot", e);
    }
  }
}
