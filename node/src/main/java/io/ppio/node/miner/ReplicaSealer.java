package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.plot.Replica;
import io.ppio.data.plot.Reservation;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.data.segment.DamagedTile;
import io.ppio.data.segment.Roots;
import io.ppio.data.segment.TileRead;
import io.ppio.data.staging.Upload;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Permits;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Match;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Seals staged copies into the plot and signs what they were sealed to (data and proofs
/// specification 4.5). Safe for concurrent use.
final class ReplicaSealer {
  /// Copies sealed at once: sealing is all CPU.
  private static final int SEALING = 1;

  private final NodeHost host;
  private final Clock clock;
  private final MinerStorage storage;
  private final Counters<MinerCounter> counters;
  private final Permits sealing;
  private final MinerLog log;

  ReplicaSealer(NodeHost host, MinerStorage storage, Counters<MinerCounter> counters) {
    this.host = host;
    this.clock = host.env().clock();
    this.storage = storage;
    this.counters = counters;
    this.sealing = new Permits(clock, SEALING);
    this.log = new MinerLog(host.env().log());
  }

  /// Seals a copy for the first time.
  ///
  /// @param seed the first final epoch from h_c + δ_seed on
  /// @param height newest final epoch
  StepResult seal(CopyRecord copy, BeaconTip seed, long height)
      throws IOException, InterruptedException {
    ReplicaId rid = replicaId(copy, seed);
    long started = clock.nanos();
    return switch (write(copy, rid)) {
      case Written.Whole(var tree) -> {
        Duration taken = Duration.ofNanos(clock.nanos() - started);
        counters.count(MinerCounter.SEGMENTS_SEALED);
        log.sealed(copy.id(), rid.hash(), taken.toMillis());
        yield new StepResult.Done(
            new CopyState.Event.SealedAs(sign(copy, rid, tree.root(), taken, height)));
      }
      case Written.Full _ -> new StepResult.Later("the plot is full");
      case Written.Damaged(int tile) -> new StepResult.Damaged(tile);
    };
  }

  /// Writes the sealed form anew from what is staged, because the plot's is damaged.
  StepResult sealAgain(CopyRecord copy, CopyState.Seal seal)
      throws IOException, InterruptedException {
    if (storage.staged(copy.id()).isEmpty()) {
      return new StepResult.Done(new CopyState.Event.Unrestorable());
    }
    storage.plot().free(seal.rid());
    return switch (write(copy, new ReplicaId(seal.rid()))) {
      case Written.Whole(var tree) when tree.root().equals(seal.root()) -> {
        log.sealedAgain(copy.id(), seal.rid());
        yield new StepResult.Done(new CopyState.Event.Restored(seal));
      }
      case Written.Full _ -> new StepResult.Later("the plot is full");
      case Written.Whole _, Written.Damaged _ ->
          new StepResult.Done(new CopyState.Event.Unrestorable());
    };
  }

  private ReplicaId replicaId(CopyRecord copy, BeaconTip seed) {
    Match match = copy.match().body();
    return ReplicaId.of(
        new ReplicaId.Binding(
            host.genesis().net(),
            match.miner().hash(),
            copy.id(),
            copy.content().plainRoot(),
            copy.tiles(),
            match.copy(),
            SealProfile.FAST,
            seed.epoch(),
            seed.value(),
            match.order().sealing().userSalt()));
  }

  private CopyState.Seal sign(
      CopyRecord copy, ReplicaId rid, Hash root, Duration taken, long height) {
    var key = host.identity().privateKey();
    SealCommit commit = SealCommit.fast(rid, root, storage.plot().id(), (int) taken.toMillis());
    Ack.Stored ack = new Ack.Stored(host.chainId(), copy.id(), copy.segment(), root, height);
    return new CopyState.Seal(
        rid.hash(), root, Statement.sign(ack, key), Statement.sign(commit, key));
  }

  /// What became of writing the sealed form.
  private sealed interface Written {
    record Whole(SegmentTree tree) implements Written {}

    record Full() implements Written {}

    record Damaged(int tile) implements Written {}
  }

  private Written write(CopyRecord copy, ReplicaId rid) throws IOException, InterruptedException {
    Optional<List<Hash>> before = storage.plot().tileRoots(rid.hash());
    if (before.isPresent()) {
      return new Written.Whole(new SegmentTree(before.get()));
    }
    Optional<Upload> upload = storage.staged(copy.id());
    if (upload.isEmpty()) {
      return new Written.Damaged(0);
    }
    Optional<Reservation> reservation = storage.plot().reserve(copy.tiles());
    if (reservation.isEmpty()) {
      return new Written.Full();
    }
    sealing.acquire(1);
    try (Reservation place = reservation.get()) {
      return new Written.Whole(write(copy, rid, upload.get(), place));
    } catch (DamagedTile e) {
      return new Written.Damaged(e.tile());
    } finally {
      sealing.release(1);
    }
  }

  private static SegmentTree write(CopyRecord copy, ReplicaId rid, Upload upload, Reservation place)
      throws IOException, InterruptedException {
    Hash[] roots = new Hash[copy.tiles()];
    TileHasher hasher = new TileHasher();
    new AesLayered()
        .seal(
            rid,
            roots.length,
            (tile, into) -> {
              if (!(upload.read(tile, into) instanceof TileRead.Intact)) {
                throw new DamagedTile(tile);
              }
            },
            (tile, from) -> {
              roots[tile] = hasher.root(from, 0);
              place.write(tile, ByteBuffer.wrap(from));
            });
    SegmentTree tree = new SegmentTree(List.of(roots));
    Replica replica =
        new Replica(
            rid.hash(),
            copy.id(),
            copy.segment(),
            new Roots(copy.content().plainRoot(), List.of(), tree.root()),
            SealProfile.FAST.code());
    place.commit(replica, tree.tileRoots());
    return tree;
  }
}
