package io.ppio.node.miner;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Match;
import java.util.List;

/// One copy as its miner keeps it, from the moment it is staged.
///
/// | state | the bytes are | what is outstanding |
/// |---|---|---|
/// | STAGED | unsealed in staging | the seed of the replica id, sealing |
/// | SEALED | in the plot; still in staging | a verifier's receipt |
/// | RECORDED | the same | the challenge, the committee's signatures |
/// | CERTIFIED | the same | the indexer's record |
/// | PROVEN | in the plot | nothing |
/// | LOST | damaged | nothing; the indexer has another copy made |
///
/// @param plainRoots tile roots of D
/// @param rid [Hash#ZERO] before it is sealed
/// @param sealedRoot RT, [Hash#ZERO] before it is sealed
/// @param told what the indexer has heard: 0 nothing, 1 StageAck, 2 StoreAck too, 3 that it is lost
record CopyRecord(
    SignedStatement<Match> match,
    State state,
    List<Hash> plainRoots,
    Hash rid,
    Hash sealedRoot,
    Evidence evidence,
    int told) {
  /// The indexer has heard that the copy is lost.
  static final int TOLD_LOSS = 3;

  private static final int TOLD_MAX = TOLD_LOSS;
  private static final int MESSAGE_MAX = 8 << 10;

  enum State {
    STAGED(1),
    SEALED(2),
    RECORDED(3),
    CERTIFIED(4),
    PROVEN(5),
    LOST(6);

    private final int code;

    State(int code) {
      this.code = code;
    }
  }

  /// What was signed about the copy so far, each in its encoded form; empty before it exists.
  ///
  /// @param certificate of the committee
  record Evidence(Bytes stageAck, Bytes storeAck, Bytes commit, Bytes receipt, Bytes certificate) {
    static Evidence staged(Bytes stageAck) {
      return new Evidence(stageAck, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
    }
  }

  CopyRecord {
    plainRoots = List.copyOf(plainRoots);
  }

  Hash id() {
    return match.body().contractId();
  }

  Hash segment() {
    return match.body().order().content().segment();
  }

  int tiles() {
    return match.body().order().content().tiles();
  }

  SegmentTree plainTree() {
    return new SegmentTree(plainRoots);
  }

  /// Whether the bytes can be read here.
  boolean readable() {
    return state != State.LOST;
  }

  /// Whether something about its proof is still to be done.
  boolean unfinished() {
    return state != State.PROVEN && state != State.LOST;
  }

  /// Whether a worker has something to do for it.
  boolean wantsWork() {
    return state == State.LOST ? told < TOLD_LOSS : unfinished() || told < 2;
  }

  CopyRecord sealed(Hash newRid, Hash root, Bytes storeAck, Bytes commit) {
    Evidence now = new Evidence(evidence.stageAck(), storeAck, commit, Bytes.EMPTY, Bytes.EMPTY);
    return new CopyRecord(match, State.SEALED, plainRoots, newRid, root, now, told);
  }

  CopyRecord recorded(Bytes receipt) {
    Evidence now =
        new Evidence(
            evidence.stageAck(), evidence.storeAck(), evidence.commit(), receipt, Bytes.EMPTY);
    return new CopyRecord(match, State.RECORDED, plainRoots, rid, sealedRoot, now, told);
  }

  CopyRecord certified(Bytes certificate) {
    Evidence now =
        new Evidence(
            evidence.stageAck(),
            evidence.storeAck(),
            evidence.commit(),
            evidence.receipt(),
            certificate);
    return new CopyRecord(match, State.CERTIFIED, plainRoots, rid, sealedRoot, now, told);
  }

  CopyRecord in(State next) {
    return new CopyRecord(match, next, plainRoots, rid, sealedRoot, evidence, told);
  }

  CopyRecord told(int count) {
    return new CopyRecord(match, state, plainRoots, rid, sealedRoot, evidence, count);
  }

  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .message(1, match.encode())
            .u32(2, state.code)
            .list(3, plainRoots, Hash::toArray)
            .hash(4, rid)
            .hash(5, sealedRoot)
            .bytes(6, evidence.stageAck())
            .bytes(7, evidence.storeAck())
            .bytes(8, evidence.commit())
            .bytes(9, evidence.receipt())
            .bytes(10, evidence.certificate())
            .u32(11, told)
            .toBytes());
  }

  static CopyRecord decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    CopyRecord record =
        new CopyRecord(
            in.message(1, Match.ENCODED_MAX, Match::decode),
            state(in.u32(2)),
            in.list(3, Tile.PER_SEGMENT_MAX, Hash.SIZE, Hash::of),
            in.hash(4),
            in.hash(5),
            new Evidence(
                in.bytes(6, MESSAGE_MAX),
                in.bytes(7, MESSAGE_MAX),
                in.bytes(8, MESSAGE_MAX),
                in.bytes(9, MESSAGE_MAX),
                in.bytes(10, MESSAGE_MAX)),
            in.u32(11, TOLD_MAX));
    in.end();
    return record;
  }

  private static State state(int code) throws MalformedMessage {
    for (State state : State.values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new MalformedMessage("unknown state of a copy");
  }
}
