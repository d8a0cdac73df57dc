package io.ppio.node.miner;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import java.util.List;

/// One copy as its miner keeps it, from the moment it is staged.
///
/// @param plainRoots tile roots of D
/// @param stageAck what its user and its indexer were promised
record CopyRecord(
    SignedStatement<Match> match,
    List<Hash> plainRoots,
    SignedStatement<Ack.Staged> stageAck,
    CopyState state) {
  CopyRecord {
    plainRoots = List.copyOf(plainRoots);
  }

  /// The record of a copy that was just staged.
  static CopyRecord staged(
      SignedStatement<Match> match, List<Hash> plainRoots, SignedStatement<Ack.Staged> stageAck) {
    return new CopyRecord(match, plainRoots, stageAck, new CopyState.Staged(false));
  }

  Hash id() {
    return match.body().contractId();
  }

  Content content() {
    return match.body().order().content();
  }

  Hash segment() {
    return content().segment();
  }

  int tiles() {
    return content().tiles();
  }

  SegmentTree plainTree() {
    return new SegmentTree(plainRoots);
  }

  CopyRecord in(CopyState next) {
    return new CopyRecord(match, plainRoots, stageAck, next);
  }

  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .message(1, match.encode())
            .list(2, plainRoots, Hash::toArray)
            .message(3, stageAck.encode())
            .message(4, CopyStateCodec.encode(state))
            .toBytes());
  }

  static CopyRecord decode(Bytes value) throws MalformedMessage {
    return CanonicalReader.whole(
        value.toArray(),
        in ->
            new CopyRecord(
                in.message(1, Match.ENCODED_MAX, Match::decode),
                in.list(2, Tile.PER_SEGMENT_MAX, Hash.SIZE, Hash::of),
                in.message(3, Ack.ENCODED_MAX, Ack.Staged::decode),
                in.message(4, CopyStateCodec.ENCODED_MAX, CopyStateCodec::decode)));
  }
}
