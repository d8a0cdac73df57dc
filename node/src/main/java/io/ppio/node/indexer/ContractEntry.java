package io.ppio.node.indexer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ContractState.Effect;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.PlacementRow;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    Notes notes) {
  /// First byte of the keys under which an indexer's store has them.
  public static final byte KEY = 'C';

  private static final int EVIDENCE_MAX = 2048;

  /// What an indexer remembers about a contract beside its state. Times are whole seconds since
  /// 1970 of the indexer's own clock.
  ///
  /// @param doubted whether somebody could not reach the miner before anything was acknowledged
  /// @param matchedSeconds when it was matched
  /// @param extendedSeconds when its time to the first proof began anew; 0 if it never did
  /// @param trouble what a reader had with the copy; decides whether it may count again
  /// @param troubledSeconds when a reader reported that last; 0 without trouble
  record Notes(
      boolean doubted,
      long matchedSeconds,
      long extendedSeconds,
      Optional<Trouble> trouble,
      long troubledSeconds) {
    private static final int ENCODED_MAX = 64;

    /// When its time to the first proof began.
    long waitsSinceSeconds() {
      return Math.max(matchedSeconds, extendedSeconds);
    }

    private byte[] encode() {
      return new CanonicalWriter()
          .bool(1, doubted)
          .u64(2, matchedSeconds)
          .u64(3, extendedSeconds)
          .u32(4, trouble.map(Trouble::code).orElse(0))
          .u64(5, troubledSeconds)
          .toBytes();
    }

    private static Notes decode(byte[] encoded) throws MalformedMessage {
      return CanonicalReader.whole(
          encoded,
          in -> new Notes(in.bool(1), in.u64(2), in.u64(3), trouble(in.u32(4)), in.u64(5)));
    }

    private static Optional<Trouble> trouble(int code) throws MalformedMessage {
      return code == 0 ? Optional.empty() : Optional.of(Coded.of(Trouble.values(), code));
    }
  }

  /// What becomes of a contract: how it is afterwards, and what the steps that led there want done.
  record Change(ContractEntry entry, List<Effect> effects) {
    /// To `entry`, which is in the state that it was in.
    static Change to(ContractEntry entry) {
      return new Change(entry, List.of());
    }

    /// With a further event.
    Change on(Event event) {
      ContractState.Step step = entry.state.on(event);
      return new Change(
          entry.in(step.next()), Stream.concat(effects.stream(), step.effects().stream()).toList());
    }
  }

  static ContractEntry fresh(SignedStatement<Match> match, BigInteger ask) {
    return new ContractEntry(
        match,
        ContractState.PENDING,
        Hash.ZERO,
        new Evidence.None(),
        ask,
        new Notes(false, 0, 0, Optional.empty(), 0));
  }

  /// The contract's name.
  public Hash id() {
    return match.body().contractId();
  }

  SegmentOrder order() {
    return match.body().order();
  }

  Content content() {
    return order().content();
  }

  /// Which copy of its order it is.
  int copy() {
    return match.body().copy();
  }

  /// Who is to have the copy.
  PeerId miner() {
    return match.body().miner().peerId();
  }

  /// Whether the miner has the bytes, sealed or not.
  public boolean holds() {
    return evidence.code() > 0 && !state.isFinal() && state != ContractState.FAILED;
  }

  /// Whether the miner has shown its seal.
  boolean sealed() {
    return !sealedRoot.equals(Hash.ZERO);
  }

  /// Whether it is still matched, and nothing was acknowledged.
  boolean unacknowledged() {
    return state == ContractState.PENDING && evidence.code() == 0;
  }

  /// Whether it is SUSPECT only because a reader had no answer.
  boolean unanswered() {
    return state == ContractState.SUSPECT
        && notes.trouble().filter(Trouble.NO_ANSWER::equals).isPresent();
  }

  PlacementRow row() {
    return PlacementRow.of(match.body()).sealed(sealedRoot);
  }

  Change on(Event event) {
    return Change.to(this).on(event);
  }

  private ContractEntry in(ContractState next) {
    return new ContractEntry(match, next, sealedRoot, evidence, ask, notes);
  }

  private ContractEntry noting(Notes changed) {
    return new ContractEntry(match, state, sealedRoot, evidence, ask, changed);
  }

  /// With what its miner shows, unless more was shown before: acknowledgements never take a
  /// certificate back.
  ///
  /// @param root what is known of the sealed root now
  ContractEntry showing(Evidence shown, Hash root) {
    return shown.code() <= evidence.code()
        ? this
        : new ContractEntry(match, state, root, shown, ask, notes).doubted(false);
  }

  ContractEntry doubted(boolean now) {
    return noting(
        new Notes(
            now,
            notes.matchedSeconds,
            notes.extendedSeconds,
            notes.trouble,
            notes.troubledSeconds));
  }

  ContractEntry matched(long seconds) {
    return noting(
        new Notes(
            notes.doubted, seconds, notes.extendedSeconds, notes.trouble, notes.troubledSeconds));
  }

  ContractEntry extended(long seconds) {
    return noting(
        new Notes(
            notes.doubted, notes.matchedSeconds, seconds, notes.trouble, notes.troubledSeconds));
  }

  /// With a further report. A copy that was bad once does not become one that was only not
  /// answered.
  ContractEntry troubled(Trouble reported, long seconds) {
    Trouble worst = notes.trouble.filter(known -> known != Trouble.NO_ANSWER).orElse(reported);
    return noting(
        new Notes(
            notes.doubted,
            notes.matchedSeconds,
            notes.extendedSeconds,
            Optional.of(worst),
            seconds));
  }

  ContractEntry untroubled() {
    return noting(
        new Notes(notes.doubted, notes.matchedSeconds, notes.extendedSeconds, Optional.empty(), 0));
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
            in.message(7, Notes.ENCODED_MAX, Notes::decode));
    in.end();
    return entry;
  }
}
