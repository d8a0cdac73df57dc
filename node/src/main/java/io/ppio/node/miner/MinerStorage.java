package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.plot.Plot;
import io.ppio.data.proof.porep.ReplicaProof;
import io.ppio.data.proof.porep.SealCheck;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealCodec;
import io.ppio.data.segment.DamagedTile;
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

  /// Records that the first proof of a sealed form was accepted.
  ///
  /// @return whether the plot has it
  boolean activate(Hash rid) throws IOException, InterruptedException {
    return plot.activate(rid) || plot.segment(rid).isPresent();
  }

  /// Removes the unsealed form of a copy, if it is there.
  void unstage(Hash contract) throws IOException, InterruptedException {
    Optional<Upload> upload = staged(contract);
    if (upload.isPresent()) {
      upload.get().remove();
    }
  }

  /// Frees all that a copy takes.
  ///
  /// @param rid of its sealed form, if there was one
  void discard(Hash contract, Optional<Hash> rid) throws IOException, InterruptedException {
    if (rid.isPresent()) {
      plot.free(rid.get());
    }
    unstage(contract);
  }

  /// Reads one tile of D wherever the record says it is.
  ///
  /// @return whether it is there and what was stored; if not, the target holds anything
  boolean plain(CopyRecord copy, int tile, byte[] into) throws IOException {
    Optional<Upload> upload = staged(copy.id());
    if (upload.isPresent()
        && upload.get().read(tile, into) instanceof TileRead.Intact
        && isPlain(copy, tile, into)) {
      return true;
    }
    Optional<Hash> rid = copy.state().rid();
    if (rid.isEmpty() || !(plot.read(rid.get(), tile, into) instanceof TileRead.Intact)) {
      return false;
    }
    byte[] sealed = into.clone();
    codec.unsealTile(
        new ReplicaId(rid.get()),
        copy.tiles(),
        tile,
        (_, target) -> System.arraycopy(sealed, 0, target, 0, Tile.SIZE),
        into);
    return isPlain(copy, tile, into);
  }

  private static boolean isPlain(CopyRecord copy, int tile, byte[] bytes) {
    return new TileHasher().root(bytes, 0).equals(copy.plainRoots().get(tile));
  }

  /// The first tile of a sealed form that does not read back as it was sealed.
  Optional<Integer> damage(CopyState.Seal seal, int tiles) throws IOException {
    byte[] bytes = new byte[Tile.SIZE];
    TileHasher hasher = new TileHasher();
    for (int tile = 0; tile < tiles; tile++) {
      if (!(plot.read(seal.rid(), tile, bytes) instanceof TileRead.Intact(Hash root))
          || !hasher.root(bytes, 0).equals(root)) {
        return Optional.of(tile);
      }
    }
    return Optional.empty();
  }

  /// Opens the sealed form of a copy at the positions that `challenge` asks for.
  ///
  /// @throws DamagedTile when the plot does not give what was sealed
  List<SealCheck> checks(CopyRecord copy, CopyState.Seal seal, Hash challenge) throws IOException {
    ReplicaProof claim =
        new ReplicaProof(
            new ReplicaId(seal.rid()), copy.tiles(), copy.content().plainRoot(), seal.root());
    List<Hash> roots = plot.tileRoots(seal.rid()).orElseThrow(() -> new DamagedTile(0));
    return claim.prove(
        claim.positions(challenge),
        new ReplicaProof.Trees(copy.plainTree(), new SegmentTree(roots)),
        (tile, into) -> {
          if (!(plot.read(seal.rid(), tile, into) instanceof TileRead.Intact)) {
            throw new DamagedTile(tile);
          }
        });
  }

  @Override
  public void close() throws IOException {
    staging.close();
    plot.close();
  }
}
