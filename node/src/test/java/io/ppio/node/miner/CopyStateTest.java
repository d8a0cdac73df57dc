package io.ppio.node.miner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.miner.CopyState.Certified;
import io.ppio.node.miner.CopyState.Damaged;
import io.ppio.node.miner.CopyState.Effect;
import io.ppio.node.miner.CopyState.Event;
import io.ppio.node.miner.CopyState.InPlot;
import io.ppio.node.miner.CopyState.Left;
import io.ppio.node.miner.CopyState.Lost;
import io.ppio.node.miner.CopyState.Proven;
import io.ppio.node.miner.CopyState.Recorded;
import io.ppio.node.miner.CopyState.Seal;
import io.ppio.node.miner.CopyState.Sealed;
import io.ppio.node.miner.CopyState.Staged;
import io.ppio.node.miner.CopyState.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One test per row of the table in [CopyState]; the last ones hold its closing sentences to their
/// word.
class CopyStateTest {
  private static final Hash RID = Hash.sha256(new byte[] {1});
  private static final Hash ROOT = Hash.sha256(new byte[] {2});
  private static final PrivateKey KEY = TestNetwork.key("miner");

  private final Seal seal = seal();
  private final SignedStatement<SealReceipt> receipt =
      Statement.sign(new SealReceipt(Hash.ZERO, new ReplicaId(RID), ROOT, 5), KEY);
  private final ProofCert certificate =
      ProofCert.of(
          Finding.porep(
              Hash.ZERO,
              KEY.publicKey().account(),
              7,
              3,
              new Finding.Verdict(Finding.Result.OK, ROOT)),
          List.of(KEY.sign(ROOT)));

  private static Seal seal() {
    SealCommit commit = SealCommit.fast(new ReplicaId(RID), ROOT, Hash.ZERO, 1);
    return new Seal(
        RID,
        ROOT,
        Statement.sign(new Ack.Stored(Hash.ZERO, Hash.ZERO, Hash.ZERO, ROOT, 1), KEY),
        Statement.sign(commit, KEY));
  }

  private static void leads(CopyState from, Event event, CopyState to, Effect... effects) {
    assertEquals(new Step(to, List.of(effects)), from.on(event));
  }

  /// Every state, in the order of the table.
  private List<CopyState> states() {
    List<InPlot> inPlot =
        List.of(
            new Sealed(seal, false),
            new Sealed(seal, true),
            new Recorded(seal, receipt),
            new Certified(seal, certificate),
            new Proven(seal, true),
            new Proven(seal, false));
    List<CopyState> all = new ArrayList<>(List.of(new Staged(false), new Staged(true)));
    all.addAll(inPlot);
    inPlot.forEach(before -> all.add(new Damaged(before)));
    for (Left left : Left.values()) {
      all.add(new Lost(Optional.of(RID), left));
      all.add(new Lost(Optional.empty(), left));
    }
    return all;
  }

  @Test
  void theIndexerHearsThatItIsStagedBeforeItIsSealed() {
    leads(new Staged(false), new Event.Turned(), new Staged(false), new Effect.TellStaged());
    leads(new Staged(false), new Event.Told(), new Staged(true), new Effect.SealFirst());
    leads(new Staged(true), new Event.Turned(), new Staged(true), new Effect.SealFirst());
  }

  @Test
  void theIndexerHearsThatItIsSealedBeforeItIsRecorded() {
    leads(
        new Staged(true),
        new Event.SealedAs(seal),
        new Sealed(seal, false),
        new Effect.TellStored(seal));
    leads(
        new Sealed(seal, false),
        new Event.Told(),
        new Sealed(seal, true),
        new Effect.RecordSeal(seal));
  }

  @Test
  void whatIsRecordedIsProven() {
    Recorded recorded = new Recorded(seal, receipt);
    leads(
        new Sealed(seal, true),
        new Event.RecordedBy(receipt),
        recorded,
        new Effect.Prove(recorded));
    Certified certified = new Certified(seal, certificate);
    leads(recorded, new Event.CertifiedBy(certificate), certified, new Effect.Activate(certified));
  }

  @Test
  void aProofFoundWrongByAQuorumEndsTheCopy() {
    leads(
        new Recorded(seal, receipt),
        new Event.Condemned(),
        new Lost(Optional.of(RID), Left.DISCARD),
        new Effect.Discard(Optional.of(RID)));
  }

  @Test
  void verifiersThatDoNotAnswerLeaveItToBeProven() {
    Recorded recorded = new Recorded(seal, receipt);
    leads(recorded, new Event.Turned(), recorded, new Effect.Prove(recorded));
  }

  @Test
  void stagingIsLeftAfterTheProof() {
    leads(
        new Certified(seal, certificate),
        new Event.Activated(),
        new Proven(seal, true),
        new Effect.Unstage());
    leads(new Proven(seal, true), new Event.Unstaged(), new Proven(seal, false));
    leads(new Proven(seal, false), new Event.Turned(), new Proven(seal, false));
  }

  @Test
  void aDamagedSealIsMadeAgainAndNothingSignedIsLost() {
    for (CopyState state : states()) {
      if (state instanceof InPlot before) {
        Damaged damaged = new Damaged(before);
        leads(before, new Event.FoundDamaged(), damaged, new Effect.SealAgain(seal));
        assertEquals(before.on(new Event.Turned()), damaged.on(new Event.Restored(seal)));
      }
    }
  }

  @Test
  void whatCannotBeSealedAgainIsLost() {
    Effect discard = new Effect.Discard(Optional.of(RID));
    Lost lost = new Lost(Optional.of(RID), Left.DISCARD);
    leads(new Damaged(new Proven(seal, false)), new Event.Unrestorable(), lost, discard);
    leads(
        new Staged(true),
        new Event.FoundDamaged(),
        new Lost(Optional.empty(), Left.DISCARD),
        new Effect.Discard(Optional.empty()));
  }

  @Test
  void aLostCopyIsDiscardedThenReportedOnce() {
    Lost report = new Lost(Optional.empty(), Left.REPORT);
    leads(
        new Lost(Optional.of(RID), Left.DISCARD),
        new Event.Discarded(),
        report,
        new Effect.Report());
    Lost over = new Lost(Optional.empty(), Left.NOTHING);
    leads(report, new Event.Told(), over);
    leads(over, new Event.Told(), over);
    leads(over, new Event.Turned(), over);
  }

  @Test
  void whatDoesNotFitTheStateChangesNothing() {
    List<Event> unfit =
        List.of(
            new Event.SealedAs(seal),
            new Event.RecordedBy(receipt),
            new Event.CertifiedBy(certificate),
            new Event.Condemned(),
            new Event.Activated(),
            new Event.Unstaged(),
            new Event.FoundDamaged(),
            new Event.Restored(seal),
            new Event.Unrestorable(),
            new Event.Discarded(),
            new Event.Told());
    for (CopyState state : states()) {
      long changing = unfit.stream().filter(event -> !state.on(event).next().equals(state)).count();
      assertTrue(changing <= 3, state::toString);
      for (Event event : unfit) {
        CopyState after = state.on(event).next();
        assertFalse(state instanceof Lost && !(after instanceof Lost), "the dead stay dead");
        assertEquals(after.on(new Event.Turned()).effects(), state.on(event).effects());
      }
    }
  }

  @Test
  void stagingIsNeededUntilTheProof() {
    for (CopyState state : states()) {
      boolean over = state instanceof Proven || state instanceof Lost;
      assertEquals(!over, state.needsStaged(), state::toString);
      assertEquals(!over, state.unproven(), state::toString);
      assertEquals(!(state instanceof Lost), state.readable(), state::toString);
    }
  }

  @Test
  void everyStateKeepsItsForm() throws MalformedMessage {
    for (CopyState state : states()) {
      assertEquals(state, CopyStateCodec.decode(CopyStateCodec.encode(state)));
    }
    for (String wrong : List.of("", "0808", "0807", "08071000", "0806100a")) {
      byte[] encoded = Bytes.fromHex(wrong).toArray();
      assertThrows(MalformedMessage.class, () -> CopyStateCodec.decode(encoded));
    }
  }
}
