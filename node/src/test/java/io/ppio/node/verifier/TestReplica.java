package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.SegmentTree;
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
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Match;
import io.ppio.node.fixtures.TestOrder;
import io.ppio.node.fixtures.TestSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A segment and what a miner does with it.
record TestReplica(TestSegment plain) {
  static TestReplica of(int tiles, int seed) {
    return new TestReplica(TestSegment.of(tiles, seed));
  }

  SignedStatement<Match> match(VerifierWorld network, PrivateKey miner, long height) {
    return new TestOrder(
            network.genesis.chainId(), network.user, plain.content(), 2, TestOrder.Term.ofDays(10))
        .match(0, miner.publicKey(), network.indexer, height);
  }

  /// The replica id that follows from the contract and the beacon of `height`.
  ReplicaId rid(VerifierWorld network, Match match, long height, Hash beacon) {
    return ReplicaId.of(
        new ReplicaId.Binding(
            network.genesis.net(),
            match.miner().hash(),
            match.contractId(),
            plain.tree().root(),
            plain.tiles().size(),
            match.copy(),
            SealProfile.FAST,
            height,
            beacon,
            Hash.ZERO));
  }

  Sealed seal(ReplicaId rid) throws IOException {
    List<Bytes> sealed = new ArrayList<>();
    new AesLayered()
        .seal(
            rid,
            plain.tiles().size(),
            plain.source(),
            (_, from) -> sealed.add(Bytes.of(from.clone())));
    return new Sealed(this, rid, TestSegment.of(sealed));
  }

  /// The sealed form.
  record Sealed(TestReplica replica, ReplicaId rid, TestSegment form) {
    SignedStatement<SealCommit> commit(PrivateKey miner) {
      return Statement.sign(SealCommit.fast(rid, form.tree().root(), Hash.ZERO, 5), miner);
    }

    PorepRequest request(SignedStatement<Match> match, PrivateKey miner) {
      return new PorepRequest(Bytes.of(match.encode()), commit(miner));
    }

    List<SealCheck> checks(Hash beacon) throws IOException {
      SegmentTree plain = replica.plain.tree();
      ReplicaProof proof =
          new ReplicaProof(rid, form.tiles().size(), plain.root(), form.tree().root());
      return proof.prove(
          proof.positions(beacon), new ReplicaProof.Trees(plain, form.tree()), form.source());
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
