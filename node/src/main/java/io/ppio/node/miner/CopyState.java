package io.ppio.node.miner;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.ProofCert;
import java.util.List;
import java.util.Optional;

/// The life of one copy at its miner (data and proofs specification 1.7, 4.5, 5.1).
///
/// Each state leaves one thing to do, its effect; every step gives it, so what was not done, or was
/// cut off by a crash, comes again with the next [Event.Turned].
///
/// | in | the bytes are | effect | on | to |
/// |---|---|---|---|---|
/// | Staged, untold | unsealed in staging | TellStaged | Told | Staged, told |
/// | Staged, told | the same | SealFirst | SealedAs | Sealed, untold |
/// | Staged | | | FoundDamaged | Lost, DISCARD |
/// | Sealed, untold | in the plot, and in staging | TellStored | Told | Sealed, told |
/// | Sealed, told | the same | RecordSeal | RecordedBy | Recorded |
/// | Recorded | the same | Prove | CertifiedBy | Certified |
/// | Recorded | | | Condemned | Lost, DISCARD |
/// | Certified | the same | Activate | Activated | Proven, staged |
/// | Proven, staged | the same | Unstage | Unstaged | Proven |
/// | Proven | in the plot | none | | |
/// | Sealed to Proven | | | FoundDamaged | Damaged |
/// | Damaged | good in staging at most | SealAgain | Restored | what it was |
/// | Damaged | | | Unrestorable | Lost, DISCARD |
/// | Lost, DISCARD | no good ones | Discard | Discarded | Lost, REPORT |
/// | Lost, REPORT | none | Report | Told | Lost, NOTHING |
/// | Lost, NOTHING | none | none | | |
///
/// Every other pair changes nothing, so late and repeated news is harmless: verifiers that do not
/// answer, or do not agree, leave a copy Recorded. What was signed about a damaged copy stays true,
/// because the same bytes under the same replica id seal to the same form. Pure: [ReplicaPipeline]
/// runs the effects.
sealed interface CopyState {
  /// The sealed form and what its miner signed about it.
  ///
  /// @param rid replica id
  /// @param root RT
  record Seal(
      Hash rid,
      Hash root,
      SignedStatement<Ack.Stored> ack,
      SignedStatement<SealCommit> commitment) {}

  /// Only the unsealed form is there.
  ///
  /// @param told whether the indexer has the StageAck
  record Staged(boolean told) implements CopyState {}

  /// The plot has the sealed form.
  sealed interface InPlot extends CopyState {
    /// What the plot has.
    Seal seal();
  }

  /// Nobody else knows what it was sealed to.
  ///
  /// @param told whether the indexer has the StoreAck
  record Sealed(Seal seal, boolean told) implements InPlot {}

  /// A verifier recorded what it was sealed to.
  record Recorded(Seal seal, SignedStatement<SealReceipt> receipt) implements InPlot {}

  /// The committee accepted the proof.
  record Certified(Seal seal, ProofCert certificate) implements InPlot {}

  /// The indexer has the certificate.
  ///
  /// @param staged whether the unsealed form may still be in staging
  record Proven(Seal seal, boolean staged) implements InPlot {}

  /// The plot does not give back what was sealed.
  ///
  /// @param before what it was, and will be once it is sealed again
  record Damaged(InPlot before) implements CopyState {}

  /// Given up; the indexer has another copy made.
  ///
  /// @param rid of the sealed form, if there was one
  record Lost(Optional<Hash> rid, Left left) implements CopyState {}

  /// What a lost copy leaves to do.
  enum Left implements Coded {
    /// Its bytes are in the way.
    DISCARD(1),
    /// The indexer does not know.
    REPORT(2),
    /// All is done.
    NOTHING(3);

    private final int code;

    Left(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  /// What happens to a copy.
  sealed interface Event {
    /// A worker has time for it.
    record Turned() implements Event {}

    /// The indexer took what it was told last.
    record Told() implements Event {}

    /// The sealed form is durable in the plot.
    record SealedAs(Seal seal) implements Event {}

    /// A member of the committee recorded the commitment.
    record RecordedBy(SignedStatement<SealReceipt> receipt) implements Event {}

    /// A quorum found the proof right.
    record CertifiedBy(ProofCert certificate) implements Event {}

    /// A quorum found the proof wrong; such a finding is for ever.
    record Condemned() implements Event {}

    /// The sealed form read back, and the indexer took the certificate.
    record Activated() implements Event {}

    /// Staging has the unsealed form no more.
    record Unstaged() implements Event {}

    /// The disk does not give back what was stored.
    record FoundDamaged() implements Event {}

    /// It was sealed again, to the same.
    record Restored(Seal seal) implements Event {}

    /// There is no good unsealed form to seal again.
    record Unrestorable() implements Event {}

    /// Plot and staging have nothing of it.
    record Discarded() implements Event {}
  }

  /// What the miner does after a step. Done again, each does no harm.
  sealed interface Effect {
    /// Send the StageAck to the indexer.
    record TellStaged() implements Effect {}

    /// Seal it into the plot.
    record SealFirst() implements Effect {}

    /// Send the StoreAck to the indexer.
    record TellStored(Seal seal) implements Effect {}

    /// Have the commitment recorded.
    record RecordSeal(Seal seal) implements Effect {}

    /// Prove it to the committee.
    record Prove(Recorded recorded) implements Effect {}

    /// Read it back and send the certificate to the indexer.
    record Activate(Certified certified) implements Effect {}

    /// Remove the unsealed form.
    record Unstage() implements Effect {}

    /// Write the sealed form anew from the unsealed one.
    record SealAgain(Seal seal) implements Effect {}

    /// Free what its bytes take.
    record Discard(Optional<Hash> rid) implements Effect {}

    /// Tell the indexer that it is lost.
    record Report() implements Effect {}
  }

  /// The state after an event, and what is to be done.
  record Step(CopyState next, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// What `event` leads to.
  default Step on(Event event) {
    CopyState next = next(event);
    return new Step(next, next.outstanding());
  }

  private CopyState next(Event event) {
    return switch (event) {
      case Event.Turned _ -> this;
      case Event.Told _ -> told();
      case Event.SealedAs(var seal) ->
          this instanceof Staged(boolean told) && told ? new Sealed(seal, false) : this;
      case Event.RecordedBy(var receipt) ->
          this instanceof Sealed(var seal, boolean told) && told
              ? new Recorded(seal, receipt)
              : this;
      case Event.CertifiedBy(var certificate) ->
          this instanceof Recorded(var seal, _) ? new Certified(seal, certificate) : this;
      case Event.Condemned _ -> this instanceof Recorded ? lost() : this;
      case Event.Activated _ ->
          this instanceof Certified(var seal, _) ? new Proven(seal, true) : this;
      case Event.Unstaged _ -> this instanceof Proven(var seal, _) ? new Proven(seal, false) : this;
      case Event.FoundDamaged _ -> damaged();
      case Event.Restored _ -> this instanceof Damaged(var before) ? before : this;
      case Event.Unrestorable _ -> this instanceof Damaged ? lost() : this;
      case Event.Discarded _ ->
          this instanceof Lost(_, Left left) && left == Left.DISCARD
              ? new Lost(Optional.empty(), Left.REPORT)
              : this;
    };
  }

  private CopyState told() {
    return switch (this) {
      case Staged _ -> new Staged(true);
      case Sealed(var seal, _) -> new Sealed(seal, true);
      case Lost(var rid, Left left) when left == Left.REPORT -> new Lost(rid, Left.NOTHING);
      case Recorded _, Certified _, Proven _, Damaged _, Lost _ -> this;
    };
  }

  private CopyState damaged() {
    return switch (this) {
      case Staged _ -> lost();
      case InPlot inPlot -> new Damaged(inPlot);
      case Damaged _, Lost _ -> this;
    };
  }

  private Lost lost() {
    return new Lost(rid(), Left.DISCARD);
  }

  private List<Effect> outstanding() {
    return switch (this) {
      case Staged(boolean told) -> List.of(told ? new Effect.SealFirst() : new Effect.TellStaged());
      case Sealed(var seal, boolean told) ->
          List.of(told ? new Effect.RecordSeal(seal) : new Effect.TellStored(seal));
      case Recorded recorded -> List.of(new Effect.Prove(recorded));
      case Certified certified -> List.of(new Effect.Activate(certified));
      case Proven(_, boolean staged) -> staged ? List.of(new Effect.Unstage()) : List.of();
      case Damaged(var before) -> List.of(new Effect.SealAgain(before.seal()));
      case Lost(var rid, Left left) ->
          switch (left) {
            case DISCARD -> List.of(new Effect.Discard(rid));
            case REPORT -> List.of(new Effect.Report());
            case NOTHING -> List.of();
          };
    };
  }

  /// The replica id of what the plot has of it.
  default Optional<Hash> rid() {
    return switch (this) {
      case Staged _ -> Optional.empty();
      case InPlot inPlot -> Optional.of(inPlot.seal().rid());
      case Damaged(var before) -> Optional.of(before.seal().rid());
      case Lost(var rid, _) -> rid;
    };
  }

  /// Whether its bytes may be read here.
  default boolean readable() {
    return !(this instanceof Lost);
  }

  /// Whether its proof is outstanding.
  default boolean unproven() {
    return !(this instanceof Proven || this instanceof Lost);
  }

  /// Whether its unsealed form in staging is still needed.
  default boolean needsStaged() {
    return switch (this) {
      case Staged _, Sealed _, Recorded _, Certified _, Damaged _ -> true;
      case Proven _, Lost _ -> false;
    };
  }
}
