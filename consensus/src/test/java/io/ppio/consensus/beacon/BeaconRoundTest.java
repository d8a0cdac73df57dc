package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.ppio.consensus.beacon.BeaconMessage.Reveal;
import io.ppio.crypto.hash.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The rows of the table in [BeaconRound], for place 0 of three. In epoch 1 place 1 proposes first,
/// then place 2, then this one; an epoch lasts 1 s.
class BeaconRoundTest {
  private final BeaconFixture fixture = BeaconFixture.of(3);
  private final BeaconSeat seat = fixture.seat(0);
  private final BeaconTip zero = new BeaconTip(0, fixture.rules().first());
  private final Hash[] nonces = {
    fixture.seat(0).nonces().at(1), fixture.seat(1).nonces().at(1), fixture.seat(2).nonces().at(1)
  };

  private static Instant at(int millis) {
    return BeaconFixture.START.plusMillis(millis);
  }

  private BeaconRound.Step on(BeaconRound.Step step, BeaconEvent event) {
    return step.next().on(event, seat);
  }

  private BeaconRound.Step started() {
    return BeaconRound.start(seat, zero, Optional.empty(), at(0));
  }

  /// Half of epoch 1 with every commit and the reveals of `places`.
  private BeaconRound.Step half(int... places) {
    BeaconRound.Step step = started();
    for (int place = 1; place < 3; place++) {
      Commit commit = new Commit(1, BeaconRules.commitment(nonces[place]));
      step = on(step, new Heard(at(100), place, commit));
    }
    for (int place : places) {
      step = on(step, new Heard(at(1100), place, new Reveal(1, nonces[place])));
    }
    return on(step, new Tick(at(1500)));
  }

  private Seats reveals(int... places) {
    Seats seats = Seats.empty(3);
    for (int place : places) {
      seats = seats.with(place, nonces[place]);
    }
    return seats;
  }

  private Refusal refusal(BeaconRound.Step step, Instant now, int place, Proposal proposal) {
    List<BeaconEffect> effects = on(step, new Heard(now, place, proposal)).effects();
    return assertInstanceOf(Refuse.class, effects.getFirst()).why();
  }

  @Test
  void commitsAtOnceAndRevealsWhenTheEpochBegins() {
    Commit first = new Commit(1, BeaconRules.commitment(nonces[0]));
    assertEquals(List.of(new Broadcast(first)), started().effects());
    BeaconRound.Step begun = on(started(), new Tick(at(1000)));
    assertInstanceOf(BeaconRound.Revealing.class, begun.next());
    Commit next = new Commit(2, BeaconRules.commitment(seat.nonces().at(2)));
    List<BeaconEffect> openings =
        List.of(new Broadcast(next), new Broadcast(new Reveal(1, nonces[0])));
    assertEquals(openings, begun.effects());
    assertEquals(List.of(), on(begun, new Tick(at(1249))).effects());
    assertEquals(openings, on(begun, new Tick(at(1250))).effects());
  }

  @Test
  void revealsNothingItDidNotCommitToWhileItRan() {
    BeaconRound.Step late = BeaconRound.start(seat, zero, Optional.empty(), at(5000));
    Commit next = new Commit(6, BeaconRules.commitment(seat.nonces().at(6)));
    assertEquals(List.of(new Broadcast(next), new Ask(1)), late.effects());
  }

  @Test
  void asksOnlyForRecentEpochs() {
    BeaconRound.Step late = BeaconRound.start(seat, zero, Optional.empty(), at(1_000_000));
    assertTrue(late.effects().contains(new Ask(1000 - BeaconRound.CATCH_UP_EPOCHS)));
  }

  @Test
  void takesTheFirstCommitOfAPlaceAndOnlyRevealsThatFit() {
    BeaconRound.Step step = started();
    step = on(step, new Heard(at(100), 1, new Commit(1, BeaconRules.commitment(nonces[1]))));
    step = on(step, new Heard(at(110), 1, new Commit(1, BeaconRules.commitment(nonces[2]))));
    step = on(step, new Heard(at(1100), 1, new Reveal(1, nonces[2])));
    assertEquals(reveals(0), step.next().held().reveals());
    step = on(step, new Heard(at(1100), 1, new Reveal(1, nonces[1])));
    assertEquals(reveals(0, 1), step.next().held().reveals());
  }

  @Test
  void takesNoCommitForTheRunningEpochAndNoLateReveal() {
    BeaconRound.Step step = on(started(), new Tick(at(1000)));
    step = on(step, new Heard(at(1001), 1, new Commit(1, BeaconRules.commitment(nonces[1]))));
    assertEquals(Hash.ZERO, step.next().held().commits().at(1));
    BeaconRound.Step late = on(half(), new Heard(at(1500), 1, new Reveal(1, nonces[1])));
    assertEquals(reveals(0), late.next().held().reveals());
  }

  @Test
  void keepsTheRevealOfAClockAheadOfItsOwn() {
    BeaconRound.Step step = started();
    step = on(step, new Heard(at(100), 1, new Commit(1, BeaconRules.commitment(nonces[1]))));
    step = on(step, new Heard(at(999), 1, new Reveal(1, nonces[1])));
    step = on(step, new Tick(at(1000)));
    assertEquals(reveals(0, 1), step.next().held().reveals());
  }

  @Test
  void signsAProposalWithEveryRevealItHolds() {
    Proposal proposal = new Proposal(1, 0, reveals(0, 1, 2));
    BeaconRound.Step step = on(half(1), new Heard(at(1510), 1, proposal));
    BeaconVote vote =
        new BeaconVote(proposal, BeaconRules.value(zero.value(), 1, proposal.reveals()));
    assertEquals(List.of(new Cast(vote, 1)), step.effects());
    assertEquals(Optional.of(vote), step.next().held().vote());
    Heard again = new Heard(at(1700), 2, proposal);
    assertEquals(List.of(new Cast(vote, 2)), on(step, again).effects());
  }

  @Test
  void refusesWhateverItMayNotSign() {
    Proposal good = new Proposal(1, 0, reveals(0, 1));
    BeaconRound.Step step = half(1);
    assertEquals(
        Refusal.MISSING_REVEAL, refusal(step, at(1510), 1, new Proposal(1, 0, reveals(0))));
    Seats forged = reveals(0, 1).with(2, nonces[1]);
    assertEquals(
        Refusal.UNCOMMITTED_REVEAL, refusal(step, at(1510), 1, new Proposal(1, 0, forged)));
    assertEquals(Refusal.OTHER_EPOCH, refusal(step, at(1510), 1, new Proposal(2, 0, reveals())));
    assertEquals(Refusal.EARLY, refusal(on(started(), new Tick(at(1400))), at(1499), 1, good));
    Proposal ahead = new Proposal(2, 1, Seats.empty(3));
    BeaconRound.Step second = on(step, new Tick(at(2500)));
    assertEquals(Refusal.UNKNOWN_PREVIOUS, refusal(second, at(2501), 2, ahead));
    assertEquals(new Ask(1), on(second, new Heard(at(2501), 2, ahead)).effects().getLast());
  }

  @Test
  void neverSignsTwoValuesOfAnEpochNotEvenAfterARestart() {
    Proposal one = new Proposal(1, 0, reveals(0, 1));
    Proposal other = new Proposal(1, 0, reveals(0, 1, 2));
    BeaconRound.Step voted = on(half(1), new Heard(at(1510), 1, one));
    assertEquals(Refusal.SIGNED_OTHER, refusal(voted, at(1520), 1, other));
    BeaconRound.Step restarted =
        BeaconRound.start(seat, zero, voted.next().held().vote(), at(1530));
    assertEquals(Refusal.SIGNED_OTHER, refusal(restarted, at(1540), 1, other));
    assertInstanceOf(Cast.class, on(restarted, new Heard(at(1540), 1, one)).effects().getFirst());
  }

  @Test
  void refusesAPlaceBeforeItsTurnUnlessClocksMayDiffer() {
    Proposal proposal = new Proposal(1, 0, reveals(0, 1));
    BeaconRound.Step step = half(1);
    assertInstanceOf(Cast.class, on(step, new Heard(at(1510), 2, proposal)).effects().getFirst());
    BeaconSeat last = fixture.seat(1);
    BeaconRound.Step theirs = BeaconRound.start(last, zero, Optional.empty(), at(1510));
    List<BeaconEffect> effects = theirs.next().on(new Heard(at(1510), 0, proposal), last).effects();
    assertEquals(new Refuse(0, Refusal.EARLY), effects.getFirst());
  }

  @Test
  void asksWithinEachTurnAndProposesInItsOwn() {
    BeaconRound.Step step = half(1);
    assertEquals(List.of(), step.effects());
    step = on(step, new Tick(at(1584)));
    assertEquals(List.of(new Ask(1)), step.effects());
    step = on(step, new Tick(at(1834)));
    Proposal proposal = new Proposal(1, 0, reveals(0, 1));
    BeaconVote vote =
        new BeaconVote(proposal, BeaconRules.value(zero.value(), 1, proposal.reveals()));
    assertEquals(List.of(new Cast(vote, 0), new Broadcast(proposal)), step.effects());
  }

  @Test
  void repeatsTheProposalItSignedWhenItsTurnComes() {
    Proposal earlier = new Proposal(1, 0, reveals(0, 1, 2));
    BeaconRound.Step step = on(half(1), new Heard(at(1510), 1, earlier));
    step = on(step, new Tick(at(1834)));
    assertEquals(new Broadcast(earlier), step.effects().getLast());
  }

  @Test
  void appendsTheEntryWhenTwoThirdsHaveSigned() {
    BeaconRound.Step step = on(half(1), new Tick(at(1834)));
    BeaconVote vote = step.next().held().vote().orElseThrow();
    Hash digest = vote.statement(fixture.rules());
    var own = fixture.identities().get(0).privateKey().sign(digest);
    var theirs = fixture.identities().get(1).privateKey().sign(digest);
    step = on(step, new Signed(at(1840), 0, own));
    step = on(step, new Signed(at(1841), 0, own));
    step = on(step, new Signed(at(1842), 2, theirs));
    assertEquals(List.of(), step.effects());
    step = on(step, new Signed(at(1843), 1, theirs));
    assertInstanceOf(BeaconRound.Settled.class, step.next());
    Append append = assertInstanceOf(Append.class, step.effects().getFirst());
    assertEquals(fixture.entry(zero, 1, reveals(0, 1), 2), append.entry());
    assertTrue(fixture.rules().isFinal(append.entry()));
    assertEquals(new BeaconTip(1, vote.value()), step.next().held().tip());
  }

  @Test
  void settlesWhenItLearnsTheResult() {
    FinalBeacon entry = fixture.entry(zero, 1, reveals(0, 1), 2);
    BeaconRound.Step step = on(half(1), new Learned(at(1600), entry));
    assertInstanceOf(BeaconRound.Settled.class, step.next());
    assertEquals(Refusal.FINAL, refusal(step, at(1610), 1, new Proposal(1, 0, reveals(0, 1))));
    step = on(step, new Tick(at(2500)));
    assertEquals(
        Refusal.STALE_PREVIOUS, refusal(step, at(2501), 2, new Proposal(2, 0, Seats.empty(3))));
  }
}
