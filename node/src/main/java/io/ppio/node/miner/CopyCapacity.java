package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.staging.StageBegin;
import io.ppio.data.staging.Upload;
import io.ppio.env.Env;
import io.ppio.env.Permits;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.physical.disk.TileFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many tiles a miner may still promise: what is staged, or on its way, will need its place in
/// the plot too. A plot that takes no more changes, or whose disk fails often, has room for nothing
/// until the miner is started again. Safe for concurrent use; a miner has one.
final class CopyCapacity {
  private final MinerStorage storage;
  private final CopyStore copies;

  /// Held from looking for a place to having it.
  private final Permits taking;

  private final MinerLog log;
  private final AtomicBoolean failureTold = new AtomicBoolean();

  CopyCapacity(Env env, MinerStorage storage, CopyStore copies) {
    this.storage = storage;
    this.copies = copies;
    this.taking = new Permits(env.clock(), 1);
    this.log = new MinerLog(env.log());
  }

  /// Tiles that could be taken now: those the plot has left, and staging has room for.
  long freeTiles() {
    if (!takesCopies()) {
      return 0;
    }
    long inStaging = storage.quota().free() / TileFile.TILE_BYTES;
    return Math.max(0, Math.min(inPlot(), inStaging));
  }

  /// Whether a copy could be sealed, on a disk to be trusted; the operator is told once that it
  /// cannot.
  private boolean takesCopies() {
    Optional<String> why = storage.plot().failure().map(String::valueOf);
    if (why.isEmpty() && storage.plot().health().failing()) {
      why = Optional.of("the disk fails too often");
    }
    if (why.isPresent() && !failureTold.getAndSet(true)) {
      log.plotFailed(why.get());
    }
    return why.isEmpty();
  }

  /// @throws Refused when no copy could be sealed, so that none may be acknowledged
  void requirePlot() throws Refused {
    if (!takesCopies()) {
      throw new Refused(Status.OVERLOADED, "the plot takes no copies");
    }
  }

  private long inPlot() {
    long promised = 0;
    for (Upload upload : storage.staging().uploads()) {
      boolean sealed =
          copies.find(new Hash(upload.id())).flatMap(copy -> copy.state().rid()).isPresent();
      promised += sealed ? 0 : upload.tiles();
    }
    return storage.emptyTiles() - promised;
  }

  /// Begins the upload of a copy of so many tiles, or finds the one under way.
  ///
  /// @throws Refused when plot or staging have no place for it
  Upload take(Hash contract, int tiles) throws Refused, IOException, InterruptedException {
    requirePlot();
    taking.acquire(1);
    try {
      if (storage.staged(contract).isEmpty() && tiles > inPlot()) {
        throw new Refused(Status.OVERLOADED, "no room in the plot");
      }
      if (storage.stage(contract, tiles) instanceof StageBegin.Accepted(Upload upload)) {
        return upload;
      }
      throw new Refused(Status.OVERLOADED, "no room in staging");
    } finally {
      taking.release(1);
    }
  }
}
