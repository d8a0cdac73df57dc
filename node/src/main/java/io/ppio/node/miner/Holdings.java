package io.ppio.node.miner;

import io.ppio.data.hash.Hash;
import io.ppio.data.merkle.SegmentTree;
import io.ppio.data.merkle.Tile;
import io.ppio.data.merkle.TileHasher;
import io.ppio.data.plot.Plot;
import io.ppio.data.plot.StageBegin;
import io.ppio.data.plot.Staging;
import io.ppio.data.plot.TileRead;
import io.ppio.data.plot.Upload;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealCodec;
import io.ppio.env.Bytes;
import io.ppio.env.Monitor;
import io.ppio.node.host.NodeHost;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.TileFileHeader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a miner has on its disk: a plot of sealed copies and a staging area of unsealed ones, under
/// one quota.
///
/// Whole unsealed segments are kept in a small cache, because a reader asks for the same one many
/// times. Safe for concurrent use.
final class Holdings implements AutoCloseable {
  /// Unsealed segments kept (data and proofs specification 8, unseal cache).
  private static final int CACHED_SEGMENTS = 4;

  private static final int CELL_TILES = 1;
  private static final int LAYERS = 1;

  /// A tile that is not what was stored.
  static final class DamagedCopy extends Exception {
    private static final long serialVersionUID = 1;

    private final Hash contract;
    private final int tile;

    DamagedCopy(Hash contract, int tile) {
      super("tile " + tile + " is damaged");
      this.contract = contract;
      this.tile = tile;
    }

    Hash contract() {
      return contract;
    }

    int tile() {
      return tile;
    }
  }

  private final Plot plot;
  private final Staging staging;
  private final Monitor monitor;
  private final SealCodec codec = new AesLayered();

  /// Guarded by the monitor; in the order of last use.
  private final Map<Hash, byte[]> plain = new LinkedHashMap<>(16, 0.75f, true);

  private Holdings(NodeHost host, Plot plot, Staging staging) {
    this.plot = plot;
    this.staging = staging;
    this.monitor = new Monitor(host.env().clock());
  }

  /// Opens what is in the miner's folder, or makes it.
  static Holdings open(NodeHost host, MinerConfig config) throws IOException {
    Quota quota = new Quota(config.capacityBytes());
    Path folder = config.host().folder();
    Plot plot;
    try {
      plot = Plot.open(host.env(), folder.resolve("plot"), quota);
    } catch (NoSuchFileException _) {
      byte[] random = new byte[Hash.SIZE];
      host.env().secret(random);
      TileFileHeader header =
          new TileFileHeader(
              Bytes.of(random),
              host.id().keyHash().bytes(),
              config.plotTiles(),
              CELL_TILES,
              LAYERS);
      plot = Plot.create(host.env(), folder.resolve("plot"), header, quota);
    }
    try {
      Staging staging = Staging.open(host.env(), folder.resolve("staging"), host.store(), quota);
      return new Holdings(host, plot, staging);
    } catch (IOException | RuntimeException e) {
      plot.close();
      throw e;
    }
  }

  Plot plot() {
    return plot;
  }

  Staging staging() {
    return staging;
  }

  /// Tiles that could be taken now.
  long freeTiles() {
    var free = plot.usage().free();
    return (long) free.empty() + free.label() + free.freed();
  }

  /// The upload of a contract's copy, begun or found again.
  StageBegin stage(Hash contract, int tiles) throws IOException, InterruptedException {
    return staging.begin(contract.bytes(), tiles);
  }

  Optional<Upload> staged(Hash contract) {
    return staging.find(contract.bytes());
  }

  /// The unsealed segment, whole tiles one after the other.
  ///
  /// The array is shared and must not be changed.
  ///
  /// @throws DamagedCopy when the disk does not give what was stored
  byte[] plain(ContractRecord record) throws IOException, DamagedCopy {
    monitor.lock();
    try {
      byte[] cached = plain.get(record.id());
      if (cached != null) {
        return cached;
      }
    } finally {
      monitor.unlock();
    }
    byte[] bytes = read(record);
    monitor.lock();
    try {
      plain.put(record.id(), bytes);
      if (plain.size() > CACHED_SEGMENTS) {
        plain.remove(plain.keySet().iterator().next());
      }
    } finally {
      monitor.unlock();
    }
    return bytes;
  }

  private byte[] read(ContractRecord record) throws IOException, DamagedCopy {
    byte[] bytes = new byte[record.tiles() * Tile.SIZE];
    byte[] tile = new byte[Tile.SIZE];
    Optional<Upload> upload = staged(record.id());
    TileHasher hasher = new TileHasher();
    for (int i = 0; i < record.tiles(); i++) {
      if (upload.isPresent()) {
        requireIntact(upload.get().read(i, tile), record, i);
      } else {
        unseal(record, i, tile);
      }
      if (!hasher.root(tile, 0).equals(record.plainRoots().get(i))) {
        throw new DamagedCopy(record.id(), i);
      }
      System.arraycopy(tile, 0, bytes, i * Tile.SIZE, Tile.SIZE);
    }
    return bytes;
  }

  private void unseal(ContractRecord record, int tile, byte[] into)
      throws IOException, DamagedCopy {
    byte[] sealed = new byte[Tile.SIZE];
    sealed(record, tile, sealed);
    codec.unsealTile(
        new ReplicaId(record.rid()),
        record.tiles(),
        tile,
        (_, target) -> System.arraycopy(sealed, 0, target, 0, Tile.SIZE),
        into);
  }

  /// One sealed tile.
  void sealed(ContractRecord record, int tile, byte[] into) throws IOException, DamagedCopy {
    requireIntact(plot.read(record.rid(), tile, into), record, tile);
  }

  private static void requireIntact(TileRead read, ContractRecord record, int tile)
      throws DamagedCopy {
    if (!(read instanceof TileRead.Intact)) {
      throw new DamagedCopy(record.id(), tile);
    }
  }

  /// The tree over the sealed form.
  SegmentTree sealedTree(ContractRecord record) throws IOException {
    List<Hash> roots =
        plot.tileRoots(record.rid())
            .orElseThrow(() -> new IOException("the plot has no copy " + record.rid()));
    return new SegmentTree(roots);
  }

  /// Frees everything that a copy takes.
  void drop(ContractRecord record) throws IOException, InterruptedException {
    monitor.lock();
    try {
      plain.remove(record.id());
    } finally {
      monitor.unlock();
    }
    if (!record.rid().equals(Hash.ZERO)) {
      plot.free(record.rid());
    }
    Optional<Upload> upload = staged(record.id());
    if (upload.isPresent()) {
      upload.get().remove();
    }
  }

  @Override
  public void close() throws IOException {
    staging.close();
    plot.close();
  }
}
