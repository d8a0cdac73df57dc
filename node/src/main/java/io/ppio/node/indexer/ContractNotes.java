package io.ppio.node.indexer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import java.util.Optional;

/// What an indexer remembers about a contract beside its state. Times are whole seconds since 1970
/// of the indexer's own clock.
///
/// @param doubted whether somebody could not reach the miner before anything was acknowledged
/// @param matchedSeconds when it was matched
/// @param extendedSeconds when its time to the first proof began anew; 0 if it never did
/// @param trouble what a reader had with the copy; decides whether it may count again
/// @param troubledSeconds when a reader reported that last; 0 without trouble
record ContractNotes(
    boolean doubted,
    long matchedSeconds,
    long extendedSeconds,
    Optional<Trouble> trouble,
    long troubledSeconds) {
  static final ContractNotes NONE = new ContractNotes(false, 0, 0, Optional.empty(), 0);

  static final int ENCODED_MAX = 64;

  /// When its time to the first proof began.
  long waitsSinceSeconds() {
    return Math.max(matchedSeconds, extendedSeconds);
  }

  ContractNotes doubted(boolean now) {
    return new ContractNotes(now, matchedSeconds, extendedSeconds, trouble, troubledSeconds);
  }

  ContractNotes matched(long seconds) {
    return new ContractNotes(doubted, seconds, extendedSeconds, trouble, troubledSeconds);
  }

  ContractNotes extended(long seconds) {
    return new ContractNotes(doubted, matchedSeconds, seconds, trouble, troubledSeconds);
  }

  /// With a further report. A copy that was bad once does not become one that was only not
  /// answered.
  ContractNotes troubled(Trouble reported, long seconds) {
    Trouble worst = trouble.filter(known -> known != Trouble.NO_ANSWER).orElse(reported);
    return new ContractNotes(doubted, matchedSeconds, extendedSeconds, Optional.of(worst), seconds);
  }

  ContractNotes untroubled() {
    return new ContractNotes(doubted, matchedSeconds, extendedSeconds, Optional.empty(), 0);
  }

  byte[] encode() {
    return new CanonicalWriter()
        .bool(1, doubted)
        .u64(2, matchedSeconds)
        .u64(3, extendedSeconds)
        .u32(4, trouble.map(Trouble::code).orElse(0))
        .u64(5, troubledSeconds)
        .toBytes();
  }

  static ContractNotes decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in -> new ContractNotes(in.bool(1), in.u64(2), in.u64(3), trouble(in.u32(4)), in.u64(5)));
  }

  private static Optional<Trouble> trouble(int number) throws MalformedMessage {
    return number == 0 ? Optional.empty() : Optional.of(Coded.of(Trouble.values(), number));
  }
}
