package io.ppio.node.miner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import io.ppio.env.Counters;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.incentive.contract.Match;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transfer.PutOpen;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestSegment;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import io.ppio.node.miner.CopyState.Event;
import io.ppio.node.miner.CopyState.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Tiles are found wherever they lie, and what is only moved does not count as damaged.
class PlainTilesSimTest {
  private static final Hash RID = Hash.sha256(new byte[] {7});

  private final TestSegment plain = TestSegment.of(3, 1);

  /// A miner's disk with one staged copy.
  private record Disks(
      NodeHost host,
      MinerConfig config,
      MinerStorage holdings,
      CopyStore book,
      TestSegment plain,
      Hash copy,
      List<Integer> found) {
    static Disks open(
        NodeHost host, MinerConfig config, SignedStatement<Match> match, TestSegment plain)
        throws Exception {
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
          CopyRecord.staged(match, plain.tree().tileRoots(), MinerWorld.stageAck(host, match)));
      return new Disks(host, config, holdings, book, plain, copy, new ArrayList<>());
    }

    PlainTiles tiles() {
      return new PlainTiles(
          holdings,
          book,
          host.env().clock(),
          (contract, tile) -> {
            book.happen(contract, new Event.FoundDamaged());
            found.add(tile);
          });
    }

    CopyCapacity room() {
      return new CopyCapacity(host.env(), holdings, book);
    }

    void seal() throws Exception {
      Hash root = sealWithoutRecord();
      book.happen(copy, new Event.Told());
      book.happen(copy, new Event.SealedAs(MinerWorld.seal(host, copy, RID, root)));
    }

    /// @return RT
    Hash sealWithoutRecord() throws Exception {
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
        SegmentTree tree = new SegmentTree(List.of(roots));
        Roots rooted = new Roots(plain.tree().root(), List.of(), tree.root());
        reservation.commit(
            new Replica(RID, copy, plain.segment(), rooted, SealProfile.FAST.code()),
            tree.tileRoots());
        return tree.root();
      }
    }

    Disks reopened() throws Exception {
      return new Disks(
          host,
          config,
          MinerStorage.open(host, config),
          new CopyStore(host.store(), host.env().clock()),
          plain,
          copy,
          new ArrayList<>());
    }

    /// What works on the copies; it is not started.
    ReplicaPipeline pipeline() throws Exception {
      BeaconFollower beacon = BeaconFollower.start(host);
      IndexerClient indexers = new IndexerClient(host, config, room());
      Counters<MinerCounter> counters = new Counters<>(MinerCounter.class);
      ReplicaSteps steps = new ReplicaSteps(host, holdings, beacon, indexers, counters);
      return new ReplicaPipeline(host, book, holdings, steps);
    }

    CopyState state() {
      return book.find(copy).orElseThrow().state();
    }

    /// The sealed form, while there is one.
    Seal sealed() {
      return assertInstanceOf(CopyState.InPlot.class, state()).seal();
    }

    /// Overwrites the first bytes of all tiles of the plot.
    void damagePlot() throws Exception {
      var file = TestNetwork.FOLDER.resolve("plot").resolve("plot.dat");
      try (DiskFile open = host.env().disk().open(file, Disk.Mode.READ_WRITE)) {
        for (long at = open.size() % Tile.SIZE; at < open.size(); at += Tile.SIZE) {
          open.write(ByteBuffer.wrap(new byte[64]), at);
        }
      }
    }

    void unstage() throws Exception {
      holdings.staged(copy).orElseThrow().remove();
    }

    /// Overwrites the first bytes of a staged tile.
    void damageStaged(int tile) throws Exception {
      var folder = TestNetwork.FOLDER.resolve("staging");
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
            Disks disks = Disks.open(host, network.config(8), network.match(plain), plain);
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
      disks.seal();
      disks.damageStaged(1);
      reads(disks, disks.tiles());
      assertEquals(List.of(), disks.found());
    });
  }

  @Test
  void aCopyThatIsOnlyStagedIsLostWithOneTile() {
    with(disks -> {
      disks.damageStaged(1);
      byte[] bytes = new byte[Tile.SIZE];
      PlainTiles tiles = disks.tiles();
      UnreadableCopy damage =
          assertThrows(UnreadableCopy.class, () -> tiles.read(disks.copy(), 1, bytes));
      assertEquals(Status.CORRUPT, damage.status());
      assertEquals(List.of(1), disks.found());
      assertEquals(new CopyState.Lost(Optional.empty(), CopyState.Left.DISCARD), disks.state());
      UnreadableCopy gone = assertThrows(UnreadableCopy.class, () -> tiles.keep(disks.copy()));
      assertEquals(Status.NOT_FOUND, gone.status());
    });
  }

  @Test
  void aCopyDamagedBeforeItsProofIsSealedAgainFromStaging() {
    with(disks -> {
      disks.seal();
      Seal seal = disks.sealed();
      disks.damagePlot();
      assertEquals(Optional.of(0), disks.holdings().damage(seal, plain.tiles().size()));
      ReplicaPipeline pipeline = disks.pipeline();
      pipeline.damaged(disks.copy(), 0);
      assertEquals(new CopyState.Damaged(new CopyState.Sealed(seal, false)), disks.state());
      pipeline.advance(disks.copy());
      assertEquals(new CopyState.Sealed(seal, false), disks.state());
      assertEquals(Optional.empty(), disks.holdings().damage(seal, plain.tiles().size()));
    });
  }

  @Test
  void damageFoundWhenThePlotOpensIsMended() {
    with(disks -> {
      disks.seal();
      Seal seal = disks.sealed();
      disks.damagePlot();
      disks.holdings().close();
      Disks again = disks.reopened();
      assertEquals(List.of(RID), again.holdings().plot().recovery().damaged());
      ReplicaPipeline pipeline = again.pipeline();
      assertEquals(0, pipeline.recover());
      assertEquals(new CopyState.Damaged(new CopyState.Sealed(seal, false)), again.state());
      pipeline.advance(again.copy());
      assertEquals(Optional.empty(), again.holdings().damage(seal, plain.tiles().size()));
      assertEquals(new CopyState.Sealed(seal, false), again.state());
      again.holdings().close();
    });
  }

  @Test
  void aSealedFormThatNoRecordNamesIsFreedAtStartWhenItIsDamagedOrItsCopyIsLost() {
    with(disks -> {
      disks.sealWithoutRecord();
      assertEquals(0, disks.pipeline().recover());
      disks.book().happen(disks.copy(), new Event.FoundDamaged());
      assertEquals(2, disks.pipeline().recover());
      assertEquals(Optional.empty(), disks.holdings().plot().segment(RID));
      assertEquals(Optional.empty(), disks.holdings().staged(disks.copy()));
    });
  }

  @Test
  void aCopyDamagedInBothPlacesIsLostAndLeavesNothing() {
    with(disks -> {
      disks.seal();
      disks.damagePlot();
      disks.damageStaged(2);
      ReplicaPipeline pipeline = disks.pipeline();
      pipeline.damaged(disks.copy(), 0);
      pipeline.advance(disks.copy());
      assertEquals(new CopyState.Lost(Optional.empty(), CopyState.Left.REPORT), disks.state());
      assertEquals(Optional.empty(), disks.holdings().plot().segment(RID));
      assertEquals(Optional.empty(), disks.holdings().staged(disks.copy()));
    });
  }

  @Test
  void aCopyThatIsOverIsGoneAndNotDamaged() {
    with(disks -> {
      PlainTiles tiles = disks.tiles();
      tiles.keep(disks.copy());
      disks.book().remove(disks.copy());
      byte[] bytes = new byte[Tile.SIZE];
      UnreadableCopy gone =
          assertThrows(UnreadableCopy.class, () -> tiles.read(disks.copy(), 0, bytes));
      assertEquals(Status.NOT_FOUND, gone.status());
      assertEquals(List.of(), disks.found());
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
              List.<Executable>of(() -> room.take(another, 1), room::requirePlot)) {
            assertEquals(Status.OVERLOADED, assertThrows(Refused.class, taking).status());
          }
          reads(disks, disks.tiles());
        });
  }

  @Test
  void aDiskThatFailsOftenGetsNothingMore() {
    FailingDisk disk = new FailingDisk("plot.dat");
    with(
        disk,
        disks -> {
          disks.seal();
          disks.unstage();
          CopyCapacity room = disks.room();
          assertEquals(8 - 3, room.freeTiles());
          disk.failReads(true);
          byte[] bytes = new byte[Tile.SIZE];
          for (int times = 0; times < 8; times++) {
            disks.holdings().plot().read(RID, 0, bytes);
          }
          assertTrue(disks.holdings().plot().health().failing());
          assertEquals(0, room.freeTiles());
          assertThrows(Refused.class, room::requirePlot);
        });
  }

  @Test
  void aRecordThatWasRemovedDoesNotComeBack() {
    with(disks -> {
      CopyStore book = disks.book();
      CopyRecord record = book.find(disks.copy()).orElseThrow();
      assertEquals(Optional.of(record), book.uploaded(PutOpen.uploadId(disks.copy())));
      assertEquals(record, book.add(record.in(new CopyState.Staged(true))));
      CopyStore other = new CopyStore(disks.host().store(), disks.host().env().clock());
      other.remove(disks.copy());
      assertEquals(Optional.empty(), book.happen(disks.copy(), new Event.Told()));
      assertEquals(Optional.empty(), book.find(disks.copy()));
      assertEquals(Optional.empty(), book.readable(plain.segment()));
      assertEquals(Optional.empty(), book.uploaded(PutOpen.uploadId(disks.copy())));
      assertEquals(0, new CopyStore(disks.host().store(), disks.host().env().clock()).all().size());
    });
  }
}
