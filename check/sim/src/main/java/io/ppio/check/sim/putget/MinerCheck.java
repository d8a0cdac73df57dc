package io.ppio.check.sim.putget;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.plot.Plot;
import io.ppio.data.plot.Segment;
import io.ppio.data.segment.TileRead;
import io.ppio.data.staging.Staging;
import io.ppio.data.staging.Upload;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.node.indexer.ContractEntry;
import io.ppio.physical.disk.Quota;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Compares what is on a miner's disk, while no miner runs, with what the indexer believes.
final class MinerCheck {
  private final Machine miner;
  private final Contracts contracts;
  private final StagedIsDurable durable;
  private final DeletedIsFreed freed;
  private final TileHasher hasher = new TileHasher();
  private final byte[] tile = new byte[Tile.SIZE];

  MinerCheck(Machine miner, Contracts contracts, StagedIsDurable durable, DeletedIsFreed freed) {
    this.miner = miner;
    this.contracts = contracts;
    this.durable = durable;
    this.freed = freed;
  }

  /// Reads everything.
  void run(Env env) throws IOException {
    Quota quota = new Quota(Long.MAX_VALUE);
    Path folder = Machine.FOLDER;
    try (Store store = env.disk().openStore(folder.resolve("store"));
        Plot plot = Plot.open(env, folder.resolve("plot"), quota);
        Staging staging = Staging.open(env, folder.resolve("staging"), store, quota)) {
      compare(plot, staging);
    }
  }

  private void compare(Plot plot, Staging staging) throws IOException {
    Map<Hash, List<Segment>> sealed = new LinkedHashMap<>();
    plot.scan(segment -> {
      sealed.computeIfAbsent(segment.replica().contract(), _ -> new ArrayList<>()).add(segment);
      return true;
    });
    Map<Hash, Upload> staged = new LinkedHashMap<>();
    staging.uploads().forEach(upload -> staged.put(new Hash(upload.id()), upload));
    for (ContractEntry entry : contracts.all()) {
      boolean here = entry.match().body().miner().equals(miner.peer().orElseThrow().publicKey());
      if (here && !entry.state().isFinal()) {
        boolean proven = entry.evidence().code() > 2;
        List<Segment> copies = sealed.getOrDefault(entry.id(), List.of());
        if (!copies.isEmpty()) {
          checkSealed(plot, copies, entry);
        } else if (entry.evidence().code() > 0 && (proven || !staged.containsKey(entry.id()))) {
          durable.missing(miner, entry.id(), "not on the disk, evidence " + entry.evidence());
        } else if (entry.evidence().code() > 0) {
          checkStaged(Objects.requireNonNull(staged.get(entry.id())), entry);
        }
        sealed.remove(entry.id());
        if (!proven) {
          staged.remove(entry.id());
        }
      }
    }
    sealed.keySet().forEach(contract -> freed.taken(miner, contract, "plot"));
    staged.keySet().forEach(contract -> freed.taken(miner, contract, "staging"));
  }

  private void checkSealed(Plot plot, List<Segment> copies, ContractEntry entry)
      throws IOException {
    if (copies.size() > 1) {
      freed.taken(miner, entry.id(), "plot more than once");
    }
    Segment segment = copies.getFirst();
    List<Hash> roots = new ArrayList<>();
    for (int i = 0; i < segment.tiles(); i++) {
      roots.add(root(plot.read(segment.replica().rid(), i, tile), i, entry));
    }
    boolean known = entry.evidence().code() > 1;
    check(entry, known ? entry.sealedRoot() : new SegmentTree(roots).root(), roots);
  }

  private void checkStaged(Upload upload, ContractEntry entry) {
    List<Hash> roots = new ArrayList<>();
    for (int i = 0; i < upload.tiles(); i++) {
      roots.add(root(upload.read(i, tile), i, entry));
    }
    check(entry, entry.match().body().order().content().plainRoot(), roots);
  }

  private Hash root(TileRead read, int index, ContractEntry entry) {
    if (!(read instanceof TileRead.Intact)) {
      durable.missing(miner, entry.id(), "tile " + index + " is " + read);
    }
    return hasher.root(tile, 0);
  }

  private void check(ContractEntry entry, Hash wanted, List<Hash> roots) {
    if (roots.size() != entry.match().body().order().content().tiles()
        || !new SegmentTree(roots).root().equals(wanted)) {
      durable.missing(miner, entry.id(), "other bytes than were acknowledged");
    } else {
      durable.intact();
    }
  }
}
