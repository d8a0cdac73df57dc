package io.ppio.node.miner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.plot.Replica;
import io.ppio.data.plot.Reservation;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.data.segment.Roots;
import io.ppio.data.staging.StageBegin;
import io.ppio.data.staging.Upload;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import io.ppio.node.miner.MinerWorld.Plain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Tiles are found wherever they lie, and what is only moved does not count as damaged.
class PlainTilesSimTest {
  private static final Hash RID = Hash.sha256(new byte[] {7});

  private final Plain plain = Plain.of(3, 1);

  /// A miner's disk with one staged copy.
  private record Disks(
      NodeHost host, MinerStorage holdings, CopyStore book, Plain plain, Hash copy) {
    static Disks open(NodeHost host, SignedStatement<Match> match, Plain plain) throws Exception {
      MinerConfig config =
          new MinerConfig(
              host.config(), 1L << 28, 8, new Offer.Asks(BigInteger.ONE, BigInteger.ONE));
      MinerStorage holdings = MinerStorage.open(host, config);
      CopyStore book = new CopyStore(host.store(), host.env().clock());
      Hash copy = match.body().contractId();
      Upload upload = ((StageBegin.Accepted) holdings.stage(copy, plain.tiles().size())).upload();
      for (int tile = 0; tile < plain.tiles().size(); tile++) {
        ByteBuffer bytes = ByteBuffer.wrap(plain.tiles().get(tile).toArray());
        assertTrue(upload.write(tile, bytes, plain.tree().tileRoots().get(tile)));
      }
      upload.stage(plain.tree().root());
      book.add(
          new CopyRecord(
              match,
              CopyRecord.State.STAGED,
              plain.tree().tileRoots(),
              Hash.ZERO,
              Hash.ZERO,
              CopyRecord.Evidence.staged(Bytes.EMPTY),
              0));
      return new Disks(host, holdings, book, plain, copy);
    }

    PlainTiles tiles() {
      return new PlainTiles(holdings, book, host.env().clock());
    }

    CopyCapacity room() {
      return new CopyCapacity(host.env(), holdings, book);
    }

    void seal() throws Exception {
      Hash[] roots = new Hash[plain.tiles().size()];
      try (Reservation reservation = holdings.plot().reserve(roots.length).orElseThrow()) {
        new AesLayered()
            .seal(
                new ReplicaId(RID),
                roots.length,
                (tile, into) -> plain.tiles().get(tile).copyTo(into, 0),
                (tile, from) -> {
                  roots[tile] = new TileHasher().root(from, 0);
                  reservation.write(tile, ByteBuffer.wrap(from));
                });
        SegmentTree tree = new SegmentTree(java.util.List.of(roots));
        Roots rooted = new Roots(plain.tree().root(), java.util.List.of(), tree.root());
        reservation.commit(
            new Replica(RID, copy, plain.segment(), rooted, SealProfile.FAST.code()),
            tree.tileRoots());
        book.update(copy, now -> now.sealed(RID, tree.root(), Bytes.EMPTY, Bytes.EMPTY));
      }
    }

    /// What works on the copies; it is not started.
    ReplicaPipeline workshop() throws Exception {
      Counters<MinerCounter> tally = new Counters<>(MinerCounter.class);
      MinerConfig config =
          new MinerConfig(
              host.config(), 1L << 28, 8, new Offer.Asks(BigInteger.ONE, BigInteger.ONE));
      return new ReplicaPipeline(
          host,
          MinerStock.of(holdings, book, host.env().clock()),
          new ReplicaSteps(host, holdings, BeaconFollower.start(host), tally),
          new IndexerClient(host, config, room()),
          tally);
    }

    /// Overwrites the first bytes of all tiles of the plot.
    void damagePlot() throws Exception {
      var file = MinerWorld.FOLDER.resolve("plot").resolve("plot.dat");
      try (DiskFile open = host.env().disk().open(file, Disk.Mode.READ_WRITE)) {
        for (long at = open.size() % Tile.SIZE; at < open.size(); at += Tile.SIZE) {
          open.write(ByteBuffer.wrap(new byte[64]), at);
        }
      }
    }

    CopyRecord record() {
      return book.find(copy).orElseThrow();
    }

    void unstage() throws Exception {
      holdings.staged(copy).orElseThrow().remove();
    }

    /// Overwrites the first bytes of a staged tile.
    void damageStaged(int tile) throws Exception {
      var folder = MinerWorld.FOLDER.resolve("staging");
      var file =
          host.env().disk().list(folder).stream()
              .filter(path -> path.getFileName().toString().contains(copy.bytes().hex()))
              .findFirst()
              .orElseThrow();
      try (DiskFile open = host.env().disk().open(file, Disk.Mode.READ_WRITE)) {
        open.write(ByteBuffer.wrap(new byte[64]), (long) tile * Tile.SIZE);
      }
    }
  }

  @FunctionalInterface
  private interface Script {
    void run(Disks disks) throws Exception;
  }

  private void with(Script script) {
    with(new FailingDisk("none"), script);
  }

  private void with(FailingDisk disk, Script script) {
    try (MinerWorld network = new MinerWorld(1)) {
      network.run(
          "miner",
          NodeRole.MINER,
          disk::in,
          host -> {
            Disks disks = Disks.open(host, network.match(plain), plain);
            script.run(disks);
            disks.holdings().close();
          });
    }
  }

  private void reads(Disks disks, PlainTiles tiles) throws Exception {
    byte[] bytes = new byte[Tile.SIZE];
    for (int tile = 0; tile < plain.tiles().size(); tile++) {
      tiles.read(disks.copy(), tile, bytes);
      assertArrayEquals(plain.tiles().get(tile).toArray(), bytes);
    }
  }

  @Test
  void aCopyReadsTheSameStagedSealedAndUnstaged() {
    with(disks -> {
      PlainTiles tiles = disks.tiles();
      reads(disks, tiles);
      disks.seal();
      reads(disks, tiles);
      disks.unstage();
      reads(disks, tiles);
      tiles.keep(disks.copy());
      reads(disks, tiles);
    });
  }

  @Test
  void aTileDamagedInStagingIsReadFromThePlotOnceItIsThere() {
    with(disks -> {
      disks.damageStaged(1);
      byte[] bytes = new byte[Tile.SIZE];
      PlainTiles tiles = disks.tiles();
      DamagedCopy damage =
          assertThrows(DamagedCopy.class, () -> tiles.read(disks.copy(), 1, bytes));
      assertEquals(1, damage.tile());
      assertEquals(disks.copy(), damage.contract());
      assertThrows(DamagedCopy.class, () -> tiles.keep(disks.copy()));
      disks.seal();
      reads(disks, tiles);
    });
  }

  @Test
  void aCopyDamagedBeforeItsProofIsSealedAgainFromStaging() {
    with(disks -> {
      disks.seal();
      CopyRecord sealed = disks.record();
      disks.damagePlot();
      byte[] bytes = new byte[Tile.SIZE];
      DamagedCopy damage =
          assertThrows(DamagedCopy.class, () -> disks.holdings().sealed(sealed, 1, bytes));
      disks.workshop().mend(damage);
      assertEquals(sealed, disks.record());
      for (int tile = 0; tile < plain.tiles().size(); tile++) {
        disks.holdings().sealed(sealed, tile, bytes);
      }
      assertEquals(sealed.sealedRoot(), disks.holdings().sealedTree(sealed).root());
    });
  }

  @Test
  void aCopyDamagedInBothPlacesIsLost() {
    with(disks -> {
      disks.seal();
      disks.damagePlot();
      disks.damageStaged(2);
      disks.workshop().mend(new DamagedCopy(disks.copy(), 0));
      assertEquals(CopyRecord.State.LOST, disks.record().state());
    });
  }

  @Test
  void aCopyThatIsOverIsGoneAndNotDamaged() {
    with(disks -> {
      PlainTiles tiles = disks.tiles();
      tiles.keep(disks.copy());
      disks.book().remove(disks.copy());
      byte[] bytes = new byte[Tile.SIZE];
      assertThrows(CopyGone.class, () -> tiles.read(disks.copy(), 0, bytes));
    });
  }

  @Test
  void whatIsStagedTakesItsPlaceInThePlotFromTheRoom() {
    with(disks -> {
      CopyCapacity room = disks.room();
      assertEquals(8 - 3, room.freeTiles());
      disks.seal();
      assertEquals(8 - 3, room.freeTiles());
      disks.unstage();
      assertEquals(8 - 3, room.freeTiles());
    });
  }

  @Test
  void aPlotThatTakesNoMoreChangesHasRoomForNothing() {
    FailingDisk disk = new FailingDisk("plot.dat");
    with(
        disk,
        disks -> {
          CopyCapacity room = disks.room();
          disk.fail(true);
          assertThrows(IOException.class, disks::seal);
          assertEquals(0, room.freeTiles());
          Hash another = Hash.sha256(new byte[] {1});
          for (Executable taking :
              java.util.List.<Executable>of(() -> room.take(another, 1), room::requirePlot)) {
            assertEquals(Status.OVERLOADED, assertThrows(Refused.class, taking).status());
          }
          reads(disks, disks.tiles());
        });
  }

  @Test
  void aRecordThatWasRemovedDoesNotComeBack() {
    with(disks -> {
      CopyStore book = disks.book();
      CopyRecord record = book.find(disks.copy()).orElseThrow();
      assertEquals(Optional.of(record), book.uploaded(UploadService.uploadId(disks.copy())));
      assertEquals(record, book.add(record.told(2)));
      assertEquals(
          Optional.empty(),
          book.update(
              disks.copy(),
              now -> {
                removed(book, disks.copy());
                return now.told(1);
              }));
      assertEquals(Optional.empty(), book.find(disks.copy()));
      assertEquals(Optional.empty(), book.readable(plain.segment()));
      assertEquals(Optional.empty(), book.uploaded(UploadService.uploadId(disks.copy())));
      assertEquals(0, new CopyStore(disks.host().store(), disks.host().env().clock()).all().size());
    });
  }

  private static void removed(CopyStore book, Hash copy) {
    try {
      book.remove(copy);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aRecordKeepsItsFormAndLeavesWorkUntilItsLossIsTold() throws Exception {
    try (MinerWorld network = new MinerWorld(1)) {
      CopyRecord record =
          new CopyRecord(
              network.match(plain),
              CopyRecord.State.STAGED,
              plain.tree().tileRoots(),
              Hash.ZERO,
              Hash.ZERO,
              CopyRecord.Evidence.staged(Bytes.of((byte) 1)),
              0);
      for (CopyRecord.State state : CopyRecord.State.values()) {
        CopyRecord changed = record.in(state).told(1);
        assertEquals(changed, CopyRecord.decode(changed.encode()));
        assertTrue(changed.wantsWork());
      }
      assertTrue(record.in(CopyRecord.State.LOST).told(2).wantsWork());
      assertEquals(false, record.in(CopyRecord.State.LOST).told(CopyRecord.TOLD_LOSS).wantsWork());
      assertEquals(false, record.in(CopyRecord.State.PROVEN).told(2).wantsWork());
    }
  }
}
