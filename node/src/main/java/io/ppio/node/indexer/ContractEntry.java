package io.ppio.node.indexer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.PlacementRow;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import java.math.BigInteger;

/// One contract as the indexer keeps it.
///
/// @param sealedRoot RT, or [Hash#ZERO] before it is known
/// @param evidence the newest thing its miner has shown
/// @param ask what the miner asked when it was matched, wei per chi
/// @param notes what happened to it beside its state
public record ContractEntry(
    SignedStatement<Match> match,
    ContractState state,
    Hash sealedRoot,
    Evidence evidence,
    BigInteger ask,
    ContractNotes notes) {
  /// First byte of the keys under which an indexer's store has them.
  public static final byte KEY = 'C';

  private static final int EVIDENCE_MAX = 2048;

  static ContractEntry fresh(SignedStatement<Match> match, BigInteger ask) {
    return new ContractEntry(
        match, ContractState.PENDING, Hash.ZERO, new Evidence.None(), ask, ContractNotes.NONE);
  }

  /// The contract's name.
  public Hash id() {
    return match.body().contractId();
  }

  /// Whether the miner has the bytes, sealed or not.
  public boolean holds() {
    return evidence.code() > 0 && !state.isFinal() && state != ContractState.FAILED;
  }

  PlacementRow row() {
    return PlacementRow.of(match.body()).sealed(sealedRoot);
  }

  /// Whether somebody could not reach the miner before anything was acknowledged.
  boolean doubted() {
    return notes.doubted();
  }

  /// Whether it is still matched, and nothing was acknowledged.
  boolean unacknowledged() {
    return state == ContractState.PENDING && evidence.code() == 0;
  }

  ContractEntry in(ContractState next) {
    return new ContractEntry(match, next, sealedRoot, evidence, ask, notes);
  }

  ContractEntry on(ContractState.Event event) {
    return in(state.on(event).next());
  }

  ContractEntry showing(Evidence shown, Hash root) {
    return new ContractEntry(match, state, root, shown, ask, notes.doubted(false));
  }

  ContractEntry noting(ContractNotes changed) {
    return new ContractEntry(match, state, sealedRoot, evidence, ask, changed);
  }

  /// What the store has.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .message(1, match.encode())
            .u32(2, state.code())
            .hash(3, sealedRoot)
            .u32(4, evidence.code())
            .bytes(5, evidence.encode())
            .amount(6, ask)
            .message(7, notes.encode())
            .toBytes());
  }

  /// Reads what the store has.
  public static ContractEntry decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    ContractEntry entry =
        new ContractEntry(
            in.message(1, Match.ENCODED_MAX, Match::decode),
            Coded.of(ContractState.values(), in.u32(2)),
            in.hash(3),
            Evidence.decode(in.u32(4), in.bytes(5, EVIDENCE_MAX).toArray()),
            in.amount(6),
            in.message(7, ContractNotes.ENCODED_MAX, ContractNotes::decode));
    in.end();
    return entry;
  }
}
