package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.plot.Plot;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealCodec;
import io.ppio.data.segment.TileRead;
import io.ppio.data.staging.StageBegin;
import io.ppio.data.staging.Staging;
import io.ppio.data.staging.Upload;
import io.ppio.env.Bytes;
import io.ppio.node.host.NodeHost;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.TileFileHeader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a miner has on its disk: a plot of sealed copies and a staging area of unsealed ones, under
/// one quota. Safe for concurrent use.
final class MinerStorage implements AutoCloseable {
  private static final int CELL_TILES = 1;
  private static final int LAYERS = 1;

  private final Plot plot;
  private final Staging staging;
  private final Quota quota;
  private final SealCodec codec = new AesLayered();

  private MinerStorage(Quota quota, Plot plot, Staging staging) {
    this.plot = plot;
    this.staging = staging;
    this.quota = quota;
  }

  /// Opens what is in the miner's folder, or makes it.
  static MinerStorage open(NodeHost host, MinerConfig config) throws IOException {
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
      return new MinerStorage(quota, plot, staging);
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

  /// What bounds plot and staging together.
  Quota quota() {
    return quota;
  }

  /// Tiles of the plot that hold nothing.
  long emptyTiles() {
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

  /// Reads one tile of D wherever the record says it is.
  ///
  /// @return whether it is there and what was stored; if not, the target holds anything
  boolean plain(CopyRecord record, int tile, byte[] into) throws IOException {
    Optional<Upload> upload = staged(record.id());
    if (upload.isPresent()
        && upload.get().read(tile, into) instanceof TileRead.Intact
        && isPlain(record, tile, into)) {
      return true;
    }
    if (record.rid().equals(Hash.ZERO)
        || !(plot.read(record.rid(), tile, into) instanceof TileRead.Intact)) {
      return false;
    }
    byte[] sealed = into.clone();
    codec.unsealTile(
        new ReplicaId(record.rid()),
        record.tiles(),
        tile,
        (_, target) -> System.arraycopy(sealed, 0, target, 0, Tile.SIZE),
        into);
    return isPlain(record, tile, into);
  }

  private static boolean isPlain(CopyRecord record, int tile, byte[] bytes) {
    return new TileHasher().root(bytes, 0).equals(record.plainRoots().get(tile));
  }

  /// One sealed tile.
  ///
  /// @throws DamagedCopy when the disk does not give what was stored
  void sealed(CopyRecord record, int tile, byte[] into) throws IOException {
    if (!(plot.read(record.rid(), tile, into) instanceof TileRead.Intact)) {
      throw new DamagedCopy(record.id(), tile);
    }
  }

  /// The tree over the sealed form.
  ///
  /// @throws DamagedCopy when the plot does not have it
  SegmentTree sealedTree(CopyRecord record) throws IOException {
    List<Hash> roots =
        plot.tileRoots(record.rid()).orElseThrow(() -> new DamagedCopy(record.id(), 0));
    return new SegmentTree(roots);
  }

  @Override
  public void close() throws IOException {
    staging.close();
    plot.close();
  }
}
