package io.ppio.proof.challenge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.data.hash.Hash;
import io.ppio.env.Bytes;
import org.junit.jupiter.api.Test;

class SequenceGuardTest {
  private static final Bytes MINER = Bytes.of((byte) 1);
  private static final Hash SUBJECT = Hash.sha256(new byte[] {1});
  private final SequenceGuard guard = new SequenceGuard(2);

  private static SequenceGuard.Mark mark(Bytes signer, Hash subject, long height, long sequence) {
    return new SequenceGuard.Mark(signer, subject, height, sequence);
  }

  @Test
  void onlyHigherSequencesCount() {
    assertTrue(guard.accept(mark(MINER, SUBJECT, 10, 5)));
    assertFalse(guard.accept(mark(MINER, SUBJECT, 10, 5)));
    assertFalse(guard.accept(mark(MINER, SUBJECT, 11, 4)));
    assertTrue(guard.accept(mark(MINER, SUBJECT, 11, 6)));
  }

  @Test
  void signersAndSubjectsCountApart() {
    assertTrue(guard.accept(mark(MINER, SUBJECT, 10, 5)));
    assertTrue(guard.accept(mark(Bytes.of((byte) 2), SUBJECT, 10, 1)));
  }

  @Test
  void settledSubjectsTakeNoMore() {
    assertTrue(guard.accept(mark(MINER, SUBJECT, 10, 5)));
    assertTrue(guard.settle(SUBJECT, 10));
    assertFalse(guard.accept(mark(MINER, SUBJECT, 12, 6)));
  }

  @Test
  void whatLeftTheWindowIsNeitherAcceptedNorRemembered() {
    assertTrue(guard.accept(mark(MINER, SUBJECT, 10, 5)));
    assertTrue(guard.settle(Hash.ZERO, 10));
    guard.forget(11);
    assertFalse(guard.accept(mark(MINER, SUBJECT, 10, 6)));
    assertTrue(guard.accept(mark(MINER, SUBJECT, 11, 1)));
    assertTrue(guard.accept(mark(MINER, Hash.ZERO, 11, 1)));
  }

  @Test
  void refusesNewSubjectsWhenFullRatherThanForget() {
    assertTrue(guard.accept(mark(MINER, Hash.sha256(new byte[] {1}), 1, 1)));
    assertTrue(guard.accept(mark(MINER, Hash.sha256(new byte[] {2}), 1, 1)));
    assertFalse(guard.accept(mark(MINER, Hash.sha256(new byte[] {3}), 1, 1)));
    assertTrue(guard.accept(mark(MINER, Hash.sha256(new byte[] {1}), 1, 2)));
  }
}
