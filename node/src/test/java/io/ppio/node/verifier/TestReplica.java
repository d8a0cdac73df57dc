package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.data.proof.porep.ReplicaProof;
import io.ppio.data.proof.porep.SealCheck;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealCodec;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.SeededRandom;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A segment of some tiles and what a miner does with it.
record TestReplica(List<byte[]> plain, SegmentTree plainTree) {
  static TestReplica of(int tiles, int seed) {
    List<byte[]> plain = new ArrayList<>();
    for (int t = 0; t < tiles; t++) {
      byte[] tile = new byte[Tile.SIZE];
      SeededRandom.of(seed, "tile", Integer.toString(t)).nextBytes(tile);
      plain.add(tile);
    }
    return new TestReplica(plain, tree(plain));
  }

  private static SegmentTree tree(List<byte[]> tiles) {
    TileHasher hasher = new TileHasher();
    return new SegmentTree(tiles.stream().map(tile -> hasher.root(tile, 0)).toList());
  }

  static SealCodec.Source source(List<byte[]> tiles) {
    return (tile, into) -> System.arraycopy(tiles.get(tile), 0, into, 0, Tile.SIZE);
  }

  Hash segment() {
    return Hash.sha256(plainTree.root().toArray());
  }

  SignedStatement<Match> match(VerifierWorld network, PrivateKey miner, long height) {
    long now = 1_767_225_600L;
    SegmentOrder order =
        new SegmentOrder(
            network.genesis.chainId(),
            network.userAccount(),
            1,
            Content.of(segment(), (long) plain.size() * Tile.SIZE, plainTree.root()),
            new Terms(2, now, now + 864_000, BigInteger.valueOf(100), now + 3600),
            PlacementWish.ANY,
            new SegmentOrder.Sealing(SealProfile.FAST.code(), Hash.ZERO),
            false);
    OrderBatch batch = OrderBatch.sign(List.of(order), network.user);
    Match match =
        new Match(batch.pathed().getFirst(), batch.signature(), 0, 0, miner.publicKey(), height);
    return Statement.sign(match, network.indexer);
  }

  /// The replica id that follows from the contract and the beacon of `height`.
  ReplicaId rid(VerifierWorld network, Match match, long height, Hash beacon) {
    return ReplicaId.of(
        new ReplicaId.Binding(
            network.genesis.net(),
            match.miner().hash(),
            match.contractId(),
            plainTree.root(),
            plain.size(),
            match.copy(),
            SealProfile.FAST,
            height,
            beacon,
            Hash.ZERO));
  }

  Sealed seal(ReplicaId rid) throws IOException {
    List<byte[]> sealed = new ArrayList<>();
    new AesLayered().seal(rid, plain.size(), source(plain), (_, from) -> sealed.add(from.clone()));
    return new Sealed(this, rid, sealed, tree(sealed));
  }

  /// The sealed form.
  record Sealed(TestReplica replica, ReplicaId rid, List<byte[]> tiles, SegmentTree tree) {
    SignedStatement<SealCommit> commit(PrivateKey miner) {
      return Statement.sign(SealCommit.fast(rid, tree.root(), Hash.ZERO, 5), miner);
    }

    PorepRequest request(SignedStatement<Match> match, PrivateKey miner) {
      return new PorepRequest(Bytes.of(match.encode()), commit(miner));
    }

    List<SealCheck> checks(Hash beacon) throws IOException {
      ReplicaProof proof =
          new ReplicaProof(rid, tiles.size(), replica.plainTree.root(), tree.root());
      return proof.prove(
          proof.positions(beacon), new ReplicaProof.Trees(replica.plainTree, tree), source(tiles));
    }

    SignedStatement<PorepProof> proof(
        SignedStatement<Match> match,
        PrivateKey miner,
        SignedStatement<SealReceipt> receipt,
        long height,
        List<SealCheck> checks) {
      return Statement.sign(
          new PorepProof(Bytes.of(match.encode()), commit(miner), receipt, height, checks), miner);
    }
  }
}
