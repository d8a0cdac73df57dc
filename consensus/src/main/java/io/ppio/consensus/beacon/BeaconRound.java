package io.ppio.consensus.beacon;

import io.ppio.consensus.beacon.BeaconEffect.Append;
import io.ppio.consensus.beacon.BeaconEffect.Ask;
import io.ppio.consensus.beacon.BeaconEffect.Broadcast;
import io.ppio.consensus.beacon.BeaconEffect.Cast;
import io.ppio.consensus.beacon.BeaconEffect.Refusal;
import io.ppio.consensus.beacon.BeaconEffect.Refuse;
import io.ppio.consensus.beacon.BeaconEvent.Heard;
import io.ppio.consensus.beacon.BeaconEvent.Learned;
import io.ppio.consensus.beacon.BeaconEvent.Signed;
import io.ppio.consensus.beacon.BeaconEvent.Tick;
import io.ppio.consensus.beacon.BeaconMessage.Commit;
import io.ppio.consensus.beacon.BeaconMessage.Proposal;
import io.ppio.consensus.beacon.BeaconMessage.Query;
import io.ppio.consensus.beacon.BeaconMessage.Reveal;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One verifier's part in the current epoch e of the beacon (data and proofs specification 0).
///
/// | in        | on                              | to                 | effects                     |
/// |-----------|---------------------------------|--------------------|-----------------------------|
/// | any       | a later epoch                   | Revealing          | Commit(e+1), Reveal(e), Ask |
/// | any       | Commit(e+1), the first of its place | same           | none                        |
/// | any       | Reveal(e+1) that fits a commit  | same               | none                        |
/// | Revealing | Reveal(e) that fits a commit    | same               | none                        |
/// | Revealing | a quarter of the epoch          | same               | the messages again          |
/// | Revealing | half of the epoch               | Voting             | see next row                |
/// | Voting    | beat that opens its own turn    | same, collecting   | Cast its vote, Proposal     |
/// | Voting    | beat within a turn              | same               | Ask                         |
/// | Voting    | Proposal that it may sign       | same               | Cast                        |
/// | Voting    | Signed, two thirds reached      | Settled            | Append                      |
/// | any       | Proposal otherwise              | same               | Refuse, perhaps Ask         |
/// | any       | Learned e final                 | Settled            | none                        |
///
/// Every other pair changes nothing. A verifier casts at most one vote for an epoch and none for an
/// earlier one, and only for a proposal that has every reveal it holds and none without a commit:
/// so at most one B(e) becomes final as long as less than a third of the verifiers lie, and nobody
/// chooses it. A later proposer repeats the proposal it has signed, if any, so that a proposer that
/// dies halfway does not split the votes. An epoch that finds no quorum is left out.
///
/// Pure: [BeaconRunner] runs the effects. Time moves first, then the event is looked at.
public sealed interface BeaconRound {
  /// How far back a verifier that was away asks for entries.
  long CATCH_UP_EPOCHS = 256;

  /// Turns that a proposal may be early, for clocks that differ.
  int EARLY_TURNS = 1;

  /// What is kept across states.
  ///
  /// @param epoch e
  /// @param commits of e, closed
  /// @param reveals of e that fit them
  /// @param nextCommits of e + 1
  /// @param nextReveals of e + 1, from clocks ahead of ours
  /// @param vote the newest vote ever cast
  /// @param tip the newest final epoch known
  record Held(
      long epoch,
      Seats commits,
      Seats reveals,
      Seats nextCommits,
      Seats nextReveals,
      Optional<BeaconVote> vote,
      BeaconTip tip) {
    Held withReveals(Seats changed) {
      return new Held(epoch, commits, changed, nextCommits, nextReveals, vote, tip);
    }

    Held withNext(Seats changedCommits, Seats changedReveals) {
      return new Held(epoch, commits, reveals, changedCommits, changedReveals, vote, tip);
    }

    Held withVote(BeaconVote cast) {
      return new Held(epoch, commits, reveals, nextCommits, nextReveals, Optional.of(cast), tip);
    }

    Held withTip(BeaconTip newer) {
      return new Held(epoch, commits, reveals, nextCommits, nextReveals, vote, newer);
    }

    private Optional<BeaconVote> voteOf(long wanted) {
      return vote.filter(cast -> cast.epoch() == wanted);
    }

    private boolean votedAfter(long wanted) {
      return vote.filter(cast -> cast.epoch() > wanted).isPresent();
    }

    /// The vote for `proposal`, which builds on the tip.
    private BeaconVote decide(Proposal proposal) {
      Hash value = BeaconRules.value(tip.value(), proposal.epoch(), proposal.reveals());
      return new BeaconVote(proposal, value);
    }
  }

  /// The first half: nonces come in.
  record Revealing(Held held, boolean repeated) implements BeaconRound {}

  /// The second half: places propose in turn.
  ///
  /// @param beat the last one that was acted on, -1 before the first
  /// @param collected signatures for the own vote, places ascending; empty while not proposing
  record Voting(Held held, int beat, Optional<List<SeatSignature>> collected)
      implements BeaconRound {
    private Step onBeat(int newBeat, BeaconSeat seat) {
      Voting moved = new Voting(held, newBeat, collected);
      if (!BeaconSchedule.opensTurn(newBeat)) {
        return new Step(moved, List.of(ask(held)));
      }
      int turn = BeaconSchedule.turnOf(newBeat);
      boolean mine = seat.rules().schedule().proposer(held.epoch(), turn) == seat.place();
      return mine ? moved.propose(seat) : new Step(moved, List.of());
    }

    private Step propose(BeaconSeat seat) {
      if (held.votedAfter(held.epoch())) {
        return new Step(this, List.of());
      }
      BeaconVote vote =
          held.voteOf(held.epoch())
              .orElseGet(() ->
                  held.decide(new Proposal(held.epoch(), held.tip().epoch(), held.reveals())));
      return new Step(
          new Voting(held.withVote(vote), beat, Optional.of(List.of())),
          List.of(new Cast(vote, seat.place()), new Broadcast(vote.proposal())));
    }

    /// Why `proposal` of the current epoch may not be signed; empty when it may.
    private Optional<Refusal> refusal(int place, Proposal proposal, BeaconSeat seat) {
      BeaconSchedule schedule = seat.rules().schedule();
      int turn = schedule.turnOfPlace(held.epoch(), place);
      if (turn >= schedule.turns() || turn > BeaconSchedule.turnOf(beat) + EARLY_TURNS) {
        return Optional.of(Refusal.EARLY);
      }
      Optional<BeaconVote> vote = held.voteOf(held.epoch());
      if (vote.isPresent() || held.votedAfter(held.epoch())) {
        boolean same = vote.isPresent() && vote.get().proposal().equals(proposal);
        return same ? Optional.empty() : Optional.of(Refusal.SIGNED_OTHER);
      }
      if (proposal.previous() != held.tip().epoch()) {
        boolean later = proposal.previous() > held.tip().epoch();
        return Optional.of(later ? Refusal.UNKNOWN_PREVIOUS : Refusal.STALE_PREVIOUS);
      }
      for (int i = 0; i < proposal.reveals().size(); i++) {
        if (proposal.reveals().has(i)
            && !BeaconRules.commitment(proposal.reveals().at(i)).equals(held.commits().at(i))) {
          return Optional.of(Refusal.UNCOMMITTED_REVEAL);
        }
      }
      return held.reveals().isWithin(proposal.reveals())
          ? Optional.empty()
          : Optional.of(Refusal.MISSING_REVEAL);
    }
  }

  /// B(e) is final, or e is 0.
  record Settled(Held held, boolean repeated) implements BeaconRound {}

  /// A state and what is to be done on the way to it.
  record Step(BeaconRound next, List<BeaconEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }

    private Step then(Step later) {
      List<BeaconEffect> all = new ArrayList<>(effects);
      all.addAll(later.effects);
      return new Step(later.next, all);
    }

    private Step arrive(Instant now, BeaconSeat seat) {
      return then(next.arrive(now, seat));
    }
  }

  /// What is kept across states.
  Held held();

  /// The first step of a verifier that starts, or starts again.
  ///
  /// @param vote the newest one it remembers
  static Step start(BeaconSeat seat, BeaconTip tip, Optional<BeaconVote> vote, Instant now) {
    int places = seat.rules().places();
    Seats none = Seats.empty(places);
    Held held = new Held(-1, none, none, none, none, vote, tip);
    return new Settled(held, true).on(new Tick(now), seat);
  }

  /// What `event` leads to.
  default Step on(BeaconEvent event, BeaconSeat seat) {
    Step moved = arrive(event.now(), seat);
    return moved.then(moved.next().react(event, seat));
  }

  /// When time alone next changes something.
  default Instant wake(BeaconSeat seat) {
    BeaconSchedule schedule = seat.rules().schedule();
    long e = held().epoch();
    return switch (this) {
      case Revealing(_, var repeated) -> repeated ? schedule.halfOf(e) : schedule.repeatOf(e);
      case Voting(_, var beat, _) ->
          beat + 1 < schedule.beats() ? schedule.beatOf(e, beat + 1) : schedule.startOf(e + 1);
      case Settled(_, var repeated) -> repeated ? schedule.startOf(e + 1) : schedule.repeatOf(e);
    };
  }

  private Step stay() {
    return new Step(this, List.of());
  }

  private Step arrive(Instant now, BeaconSeat seat) {
    BeaconSchedule schedule = seat.rules().schedule();
    long current = schedule.epochAt(now);
    if (current > held().epoch()) {
      Step begun = begin(current, seat);
      return begun.arrive(now, seat);
    }
    boolean quarter = !now.isBefore(schedule.repeatOf(held().epoch()));
    return switch (this) {
      case Revealing(var held, _) when !now.isBefore(schedule.halfOf(held.epoch())) ->
          new Step(new Voting(held, -1, Optional.empty()), List.of()).arrive(now, seat);
      case Revealing(var held, var repeated) when quarter && !repeated ->
          new Step(new Revealing(held, true), openings(held, seat));
      case Revealing _ -> stay();
      case Voting voting -> {
        int beat = schedule.beatAt(held().epoch(), now);
        yield beat > voting.beat() ? voting.onBeat(beat, seat) : stay();
      }
      case Settled(var held, var repeated) when quarter && !repeated ->
          new Step(new Settled(held, true), openings(held, seat));
      case Settled _ -> stay();
    };
  }

  private Step begin(long epoch, BeaconSeat seat) {
    Held old = held();
    Seats none = Seats.empty(seat.rules().places());
    boolean follows = epoch == old.epoch() + 1;
    Seats commits = follows ? old.nextCommits() : none;
    Seats reveals = follows ? old.nextReveals() : none;
    int me = seat.place();
    if (commits.has(me)) {
      reveals = reveals.with(me, seat.nonces().at(epoch));
    }
    Seats next = none.with(me, BeaconRules.commitment(seat.nonces().at(epoch + 1)));
    Held held = new Held(epoch, commits, reveals, next, none, old.vote(), old.tip());
    BeaconRound round =
        held.tip().epoch() >= epoch ? new Settled(held, false) : new Revealing(held, false);
    return new Step(round, openings(held, seat));
  }

  /// What a verifier says when an epoch begins, and once more. It reveals only what it committed to
  /// while it ran, for the others could not accept more.
  private static List<BeaconEffect> openings(Held held, BeaconSeat seat) {
    List<BeaconEffect> effects = new ArrayList<>();
    int me = seat.place();
    effects.add(new Broadcast(new Commit(held.epoch() + 1, held.nextCommits().at(me))));
    if (held.epoch() > 0 && held.reveals().has(me)) {
      effects.add(new Broadcast(new Reveal(held.epoch(), held.reveals().at(me))));
    }
    if (held.tip().epoch() < held.epoch() - 1) {
      effects.add(ask(held));
    }
    return effects;
  }

  private static Ask ask(Held held) {
    return new Ask(Math.max(held.tip().epoch() + 1, held.epoch() - CATCH_UP_EPOCHS));
  }

  private Step react(BeaconEvent event, BeaconSeat seat) {
    return switch (event) {
      case Tick _ -> stay();
      case Heard(_, var place, var message) -> heard(place, message, seat);
      case Signed(_, var place, var signature) -> signed(place, signature, seat);
      case Learned(_, var entry) ->
          new Step(knowing(new BeaconTip(entry.epoch(), entry.value())), List.of());
    };
  }

  private Step heard(int place, BeaconMessage message, BeaconSeat seat) {
    return switch (message) {
      case Commit commit -> committed(place, commit);
      case Reveal reveal -> revealed(place, reveal);
      case Proposal proposal -> proposed(place, proposal, seat);
      case Query _ -> stay(); // answered from the chain
    };
  }

  private Step committed(int place, Commit commit) {
    Held held = held();
    if (commit.epoch() != held.epoch() + 1 || held.nextCommits().has(place)) {
      return stay();
    }
    Seats commits = held.nextCommits().with(place, commit.commitment());
    return new Step(with(held.withNext(commits, held.nextReveals())), List.of());
  }

  private Step revealed(int place, Reveal reveal) {
    Held held = held();
    Hash commitment = BeaconRules.commitment(reveal.reveal());
    if (reveal.epoch() == held.epoch()
        && this instanceof Revealing
        && held.commits().at(place).equals(commitment)) {
      Seats reveals = held.reveals().with(place, reveal.reveal());
      return new Step(with(held.withReveals(reveals)), List.of());
    }
    if (reveal.epoch() == held.epoch() + 1 && held.nextCommits().at(place).equals(commitment)) {
      Seats reveals = held.nextReveals().with(place, reveal.reveal());
      return new Step(with(held.withNext(held.nextCommits(), reveals)), List.of());
    }
    return stay();
  }

  private BeaconRound with(Held changed) {
    return switch (this) {
      case Revealing(_, var repeated) -> new Revealing(changed, repeated);
      case Voting(_, var beat, var collected) -> new Voting(changed, beat, collected);
      case Settled(_, var repeated) -> new Settled(changed, repeated);
    };
  }

  private Step proposed(int place, Proposal proposal, BeaconSeat seat) {
    Optional<Refusal> refusal =
        switch (this) {
          case Revealing _ -> Optional.of(Refusal.EARLY);
          case Settled _ -> Optional.of(Refusal.FINAL);
          case Voting voting -> voting.refusal(place, proposal, seat);
        };
    if (proposal.epoch() != held().epoch()) {
      refusal = Optional.of(Refusal.OTHER_EPOCH);
    }
    if (refusal.isPresent()) {
      List<BeaconEffect> effects = new ArrayList<>();
      effects.add(new Refuse(place, refusal.get()));
      if (refusal.get() == Refusal.UNKNOWN_PREVIOUS) {
        effects.add(new Ask(proposal.previous()));
      }
      return new Step(this, effects);
    }
    BeaconVote vote = held().voteOf(proposal.epoch()).orElseGet(() -> held().decide(proposal));
    return new Step(with(held().withVote(vote)), List.of(new Cast(vote, place)));
  }

  private Step signed(int place, Signature signature, BeaconSeat seat) {
    return switch (this) {
      case Voting(var held, var beat, var collected)
          when collected.isPresent() && held.vote().isPresent() -> {
        BeaconVote vote = held.vote().get();
        List<SeatSignature> sofar = collected.get();
        if (sofar.stream().anyMatch(seated -> seated.place() == place)
            || !seat.rules().isSignedBy(place, signature, vote.statement(seat.rules()))) {
          yield stay();
        }
        List<SeatSignature> more = new ArrayList<>(sofar);
        more.add(new SeatSignature(place, signature));
        more.sort(java.util.Comparator.comparingInt(SeatSignature::place));
        yield more.size() < seat.rules().quorum()
            ? new Step(new Voting(held, beat, Optional.of(List.copyOf(more))), List.of())
            : settle(vote, more);
      }
      case Voting _, Revealing _, Settled _ -> stay();
    };
  }

  private Step settle(BeaconVote vote, List<SeatSignature> signatures) {
    Proposal proposal = vote.proposal();
    FinalBeacon entry =
        new FinalBeacon(
            vote.epoch(), proposal.previous(), vote.value(), signatures, proposal.reveals());
    BeaconRound known = knowing(new BeaconTip(vote.epoch(), vote.value()));
    return new Step(known, List.of(new Append(entry)));
  }

  private BeaconRound knowing(BeaconTip found) {
    if (found.epoch() <= held().tip().epoch()) {
      return this;
    }
    Held held = held().withTip(found);
    if (found.epoch() < held.epoch()) {
      return with(held);
    }
    return switch (this) {
      case Revealing(_, var repeated) -> new Settled(held, repeated);
      case Voting _ -> new Settled(held, true);
      case Settled(_, var repeated) -> new Settled(held, repeated);
    };
  }
}
