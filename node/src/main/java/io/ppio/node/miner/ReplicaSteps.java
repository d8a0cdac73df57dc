package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committee;
import io.ppio.consensus.committee.Committees;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.plot.Replica;
import io.ppio.data.plot.Reservation;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.data.proof.porep.ReplicaProof;
import io.ppio.data.proof.porep.SealCheck;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.data.segment.Roots;
import io.ppio.data.staging.Upload;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps from a staged copy to a proven one; each ends in one durable change of its record.
///
/// Data and proofs specification 4.5 and 5.1. A step that fails leaves the record as it was and is
/// done again later. Owned by whoever works on the copy: one task a copy at a time.
final class ReplicaSteps {
  /// Beacons come every epoch; a longer silence means the verifiers are away and the copy waits its
  /// turn again.
  private static final Duration BEACON_WAIT = Duration.ofSeconds(30);

  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

  /// A step could not be done now.
  static final class NotYet extends Exception {
    private static final long serialVersionUID = 1;

    NotYet(String message) {
      super(message);
    }
  }

  private final NodeHost host;
  private final MinerStorage holdings;
  private final BeaconFollower beacon;
  private final Committees committees;
  private final Counters<MinerCounter> tally;
  private final MinerLog log;

  ReplicaSteps(
      NodeHost host, MinerStorage holdings, BeaconFollower beacon, Counters<MinerCounter> tally) {
    this.host = host;
    this.holdings = holdings;
    this.beacon = beacon;
    this.committees = new Committees(host.genesis());
    this.tally = tally;
    this.log = new MinerLog(host.env().log());
  }

  /// The seed of the replica id: the first final epoch from h_c + δ_seed on.
  private BeaconTip seed(Match match) throws NotYet, IOException, InterruptedException {
    return awaitEpoch(match.height() + host.genesis().parameters().sealing().seedDelay());
  }

  private BeaconTip awaitEpoch(long epoch) throws NotYet, IOException, InterruptedException {
    return beacon
        .await(epoch, host.env().clock().in(BEACON_WAIT))
        .orElseThrow(() -> new NotYet("no beacon of epoch " + epoch));
  }

  /// Seals a staged copy into the plot.
  CopyRecord seal(CopyRecord record) throws NotYet, IOException, InterruptedException {
    Match match = record.match().body();
    BeaconTip seed = seed(match);
    ReplicaId rid =
        ReplicaId.of(
            new ReplicaId.Binding(
                host.genesis().net(),
                match.miner().hash(),
                record.id(),
                match.order().content().plainRoot(),
                record.tiles(),
                match.copy(),
                SealProfile.FAST,
                seed.epoch(),
                seed.value(),
                match.order().sealing().userSalt()));
    Upload upload = holdings.staged(record.id()).orElseThrow(() -> new DamagedCopy(record.id(), 0));
    Clock clock = host.env().clock();
    long started = clock.nanos();
    SegmentTree sealed = write(record, rid, upload);
    int millis = (int) Duration.ofNanos(clock.nanos() - started).toMillis();
    SealCommit commit = SealCommit.fast(rid, sealed.root(), holdings.plot().id(), millis);
    Bytes signedCommit = Bytes.of(Statement.sign(commit, host.identity().privateKey()).encode());
    Ack.Stored ack =
        new Ack.Stored(
            host.chainId(), record.id(), record.segment(), sealed.root(), beacon.tip().epoch());
    Bytes storeAck = Bytes.of(Statement.sign(ack, host.identity().privateKey()).encode());
    tally.count(MinerCounter.SEGMENTS_SEALED);
    log.sealed(record.id(), rid.hash(), millis);
    return record.sealed(rid.hash(), sealed.root(), storeAck, signedCommit);
  }

  /// Writes the sealed form anew from what is staged, because the plot's is damaged. What was
  /// signed about it stays true: the same bytes under the same replica id seal to the same form.
  ///
  /// @throws DamagedCopy when what is staged is damaged or gone too
  void sealAgain(CopyRecord record) throws NotYet, IOException, InterruptedException {
    Upload upload = holdings.staged(record.id()).orElseThrow(() -> new DamagedCopy(record.id(), 0));
    holdings.plot().free(record.rid());
    SegmentTree sealed = write(record, new ReplicaId(record.rid()), upload);
    if (!sealed.root().equals(record.sealedRoot())) {
      throw new DamagedCopy(record.id(), 0);
    }
    log.sealedAgain(record.id(), record.rid());
  }

  private SegmentTree write(CopyRecord record, ReplicaId rid, Upload upload)
      throws NotYet, IOException, InterruptedException {
    Optional<List<Hash>> before = holdings.plot().tileRoots(rid.hash());
    if (before.isPresent()) {
      return new SegmentTree(before.get());
    }
    Reservation reservation =
        holdings.plot().reserve(record.tiles()).orElseThrow(() -> new NotYet("the plot is full"));
    try (reservation) {
      Hash[] roots = new Hash[record.tiles()];
      TileHasher hasher = new TileHasher();
      new AesLayered()
          .seal(
              rid,
              record.tiles(),
              (tile, into) -> {
                if (!(upload.read(tile, into) instanceof io.ppio.data.segment.TileRead.Intact)) {
                  throw new DamagedCopy(record.id(), tile);
                }
              },
              (tile, from) -> {
                roots[tile] = hasher.root(from, 0);
                reservation.write(tile, ByteBuffer.wrap(from));
              });
      SegmentTree tree = new SegmentTree(List.of(roots));
      Replica replica =
          new Replica(
              rid.hash(),
              record.id(),
              record.segment(),
              new Roots(
                  record.match().body().order().content().plainRoot(), List.of(), tree.root()),
              SealProfile.FAST.code());
      reservation.commit(replica, tree.tileRoots());
      return tree;
    }
  }

  private Committee committee(Match match, BeaconTip seed) {
    return committees.ofReplica(seed.value(), match.contractId(), host.id());
  }

  /// Has the seal commitment recorded by a member of the committee, in draw order until one
  /// answers.
  CopyRecord record(CopyRecord record) throws NotYet, IOException, InterruptedException {
    Match match = record.match().body();
    Committee committee = committee(match, seed(match));
    SignedStatement<SealCommit> commit =
        decoded(() -> SealCommit.decode(record.evidence().commit().toArray()));
    PorepRequest request = new PorepRequest(Bytes.of(record.match().encode()), commit);
    for (PeerId verifier : committee.members()) {
      try {
        Bytes answer = call(verifier, new ProofMessage.RecordSeal(request));
        SignedStatement<SealReceipt> receipt = SealReceipt.decode(answer.toArray());
        if (isReceiptOf(receipt, verifier, record, commit)) {
          return record.recorded(answer);
        }
        log.proofRefused(record.id(), verifier, "receipt of something else");
      } catch (CallFailed e) {
        log.stepFailed(record.id(), "receipt", String.valueOf(e.getMessage()));
      } catch (MalformedMessage e) {
        log.proofRefused(record.id(), verifier, String.valueOf(e.getMessage()));
      }
    }
    throw new NotYet("no verifier recorded the commitment");
  }

  private boolean isReceiptOf(
      SignedStatement<SealReceipt> signed,
      PeerId verifier,
      CopyRecord record,
      SignedStatement<SealCommit> commit) {
    SealReceipt receipt = signed.body();
    return receipt.chainId().equals(host.chainId())
        && receipt.rid().hash().equals(record.rid())
        && receipt.commitHash().equals(commit.body().hash(SealProfile.FAST))
        && signed.isBy(verifier.publicKey());
  }

  private Bytes call(PeerId verifier, ProofMessage message)
      throws CallFailed, InterruptedException {
    return host.peers()
        .call(
            host.directory().contact(verifier),
            Method.PROOF,
            ProofCodec.encode(message),
            CallOptions.DEFAULT.within(CALL_LIMIT))
        .body();
  }

  /// Proves the replica to its committee and collects the certificate.
  CopyRecord prove(CopyRecord record) throws NotYet, IOException, InterruptedException {
    Match match = record.match().body();
    SignedStatement<SealCommit> commit =
        decoded(() -> SealCommit.decode(record.evidence().commit().toArray()));
    SignedStatement<SealReceipt> receipt =
        decoded(() -> SealReceipt.decode(record.evidence().receipt().toArray()));
    BeaconTip challenge =
        awaitEpoch(
            receipt.body().height() + host.genesis().parameters().sealing().challengeDelay());
    PorepProof proof =
        new PorepProof(
            Bytes.of(record.match().encode()),
            commit,
            receipt,
            challenge.epoch(),
            checks(record, challenge.value()));
    ProofMessage signed =
        new ProofMessage.ProveReplica(Statement.sign(proof, host.identity().privateKey()));
    Finding finding =
        Finding.porep(
            record.id(),
            match.miner().account(),
            challenge.epoch(),
            record.tiles(),
            new Finding.Verdict(Finding.Result.OK, proof.digest()));
    Committee committee = committee(match, seed(match));
    List<Signature> signatures = new ArrayList<>();
    for (PeerId verifier : committee.members()) {
      signature(record, verifier, signed, finding).ifPresent(signatures::add);
      if (signatures.size() >= committee.quorum()) {
        return record.certified(Bytes.of(ProofCert.of(finding, signatures).encode()));
      }
    }
    throw new NotYet(signatures.size() + " of " + committee.members().size() + " verifiers signed");
  }

  private List<SealCheck> checks(CopyRecord record, Hash challenge) throws IOException {
    ReplicaProof claim =
        new ReplicaProof(
            new ReplicaId(record.rid()),
            record.tiles(),
            record.match().body().order().content().plainRoot(),
            record.sealedRoot());
    try {
      return claim.prove(
          claim.positions(challenge),
          new ReplicaProof.Trees(record.plainTree(), holdings.sealedTree(record)),
          (tile, into) -> holdings.sealed(record, tile, into));
    } catch (io.ppio.data.proof.porep.DamagedTile e) {
      throw new DamagedCopy(record.id(), e.tile());
    }
  }

  private Optional<Signature> signature(
      CopyRecord record, PeerId verifier, ProofMessage proof, Finding finding)
      throws InterruptedException {
    try {
      Signature signature = SignatureAnswer.decode(call(verifier, proof)).signature();
      PublicKey key = verifier.publicKey();
      if (signature.isBy(key, finding.signedDigest())) {
        return Optional.of(signature);
      }
      log.proofRefused(record.id(), verifier, "signature over another finding");
    } catch (CallFailed e) {
      log.proofRefused(record.id(), verifier, String.valueOf(e.getMessage()));
    } catch (MalformedMessage e) {
      log.proofRefused(record.id(), verifier, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  @FunctionalInterface
  private interface Decoding<T> {
    T decode() throws MalformedMessage;
  }

  private static <T> T decoded(Decoding<T> decoding) throws IOException {
    try {
      return decoding.decode();
    } catch (MalformedMessage e) {
      throw new IOException("damaged evidence in the record of a copy", e);
    }
  }
}
