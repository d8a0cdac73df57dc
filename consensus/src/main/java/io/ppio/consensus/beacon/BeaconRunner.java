package io.ppio.consensus.beacon;

import io.ppio.consensus.beacon.BeaconEffect.Append;
import io.ppio.consensus.beacon.BeaconEffect.Ask;
import io.ppio.consensus.beacon.BeaconEffect.Broadcast;
import io.ppio.consensus.beacon.BeaconEffect.Cast;
import io.ppio.consensus.beacon.BeaconEffect.Refuse;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Env;
import io.ppio.env.Mailbox;
import io.ppio.env.Promise;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Runs one verifier's [BeaconRound]: clock, inbox, disk and peers around the pure machine.
///
/// [#run] is the owner task. [#hear] and [#propose] are called by the tasks that serve peers; a
/// full inbox drops commits and reveals, which are sent twice, and refuses proposals. A vote is
/// synced to the store under `H/beacon/vote` before its signature exists.
public final class BeaconRunner {
  private static final Bytes VOTE_KEY =
      Bytes.of("H/beacon/vote".getBytes(StandardCharsets.US_ASCII));

  /// Four messages of each of 64 peers: more than a well-behaved network sends between two steps.
  private static final int INBOX_CAPACITY = 256;

  /// What tasks hand to the owner.
  private sealed interface Inbound {
    record Message(int place, BeaconMessage message) implements Inbound {}

    record Request(int place, BeaconMessage.Proposal proposal, Promise<Optional<Signature>> answer)
        implements Inbound {}

    record Answer(int place, Signature signature) implements Inbound {}

    record Found(FinalBeacon entry) implements Inbound {}
  }

  private final Env env;
  private final NodeIdentity identity;
  private final BeaconChain chain;
  private final Store store;
  private final BeaconPeers peers;
  private final BeaconSeat seat;
  private final Mailbox<Inbound> inbox;

  /// @param store where the vote is remembered; may be that of `chain`
  /// @throws IllegalArgumentException when `identity` is no verifier of genesis
  public BeaconRunner(
      Env env, NodeIdentity identity, BeaconChain chain, Store store, BeaconPeers peers) {
    this.env = env;
    this.identity = identity;
    this.chain = chain;
    this.store = store;
    this.peers = peers;
    this.inbox = new Mailbox<>(env.clock(), INBOX_CAPACITY);
    BeaconRules rules = chain.rules();
    int place = rules.placeOf(identity.peerId());
    if (place < 0) {
      throw new IllegalArgumentException(identity + " is no verifier of genesis");
    }
    this.seat =
        new BeaconSeat(rules, place, new BeaconNonces(identity.privateKey(), rules.chainId()));
  }

  /// Runs until cancelled.
  ///
  /// @throws IOException when the store fails; nothing was signed that is not remembered
  public void run() throws IOException, InterruptedException {
    try (Tasks tasks = env.tasks("beacon")) {
      BeaconRound.Step step = BeaconRound.start(seat, chain.tip(), remembered(), wall());
      while (true) {
        for (BeaconEffect effect : step.effects()) {
          run(effect, tasks, Optional.empty());
        }
        BeaconRound round = step.next();
        Duration pause = Duration.between(wall(), round.wake(seat));
        Optional<Inbound> inbound =
            inbox.take(env.clock().in(pause.isNegative() ? Duration.ZERO : pause));
        step = inbound.isPresent() ? handle(round, inbound.get(), tasks) : tick(round);
      }
    }
  }

  private Instant wall() {
    return env.clock().wall();
  }

  private BeaconRound.Step tick(BeaconRound round) {
    return round.on(new BeaconEvent.Tick(wall()), seat);
  }

  private BeaconRound.Step handle(BeaconRound round, Inbound inbound, Tasks tasks)
      throws IOException {
    Instant now = wall();
    return switch (inbound) {
      case Inbound.Message(var place, var message) ->
          round.on(new BeaconEvent.Heard(now, place, message), seat);
      case Inbound.Answer(var place, var signature) ->
          round.on(new BeaconEvent.Signed(now, place, signature), seat);
      case Inbound.Found(var entry) -> round.on(new BeaconEvent.Learned(now, entry), seat);
      case Inbound.Request(var place, var proposal, var answer) -> {
        BeaconRound.Step step = round.on(new BeaconEvent.Heard(now, place, proposal), seat);
        for (BeaconEffect effect : step.effects()) {
          run(effect, tasks, Optional.of(answer));
        }
        yield new BeaconRound.Step(step.next(), java.util.List.of());
      }
    };
  }

  /// Runs one effect; `answer` is that of the proposal being handled, if one is.
  private void run(BeaconEffect effect, Tasks tasks, Optional<Promise<Optional<Signature>>> answer)
      throws IOException {
    switch (effect) {
      case Append(var entry) ->
          Check.that(chain.add(entry) != BeaconChain.Outcome.WRONG, "own entry is wrong");
      case Ask(var from) -> toOthers(tasks, (_, peer) -> ask(peer, from));
      case Broadcast(BeaconMessage.Proposal proposal) ->
          toOthers(tasks, (place, peer) -> collect(place, peer, proposal));
      case Broadcast(var message) -> toOthers(tasks, (_, peer) -> peers.tell(peer, message));
      case Refuse _ -> answer.ifPresent(promise -> promise.complete(Optional.empty()));
      case Cast(var vote, var proposer) -> {
        Signature signature = cast(vote);
        if (proposer == seat.place()) {
          tasks.serve("own vote", () -> inbox.put(new Inbound.Answer(proposer, signature)));
        } else {
          answer.ifPresent(promise -> promise.complete(Optional.of(signature)));
        }
      }
    }
  }

  private Signature cast(BeaconVote vote) throws IOException {
    Optional<BeaconVote> last = remembered();
    Check.that(
        last.isEmpty() || last.get().epoch() < vote.epoch() || last.get().equals(vote),
        "a second vote for an epoch");
    StoreBatch batch = new StoreBatch().put(VOTE_KEY, Bytes.of(vote.encode()));
    store.commit(batch, Store.Durability.SYNCED);
    return identity.privateKey().sign(vote.statement(seat.rules()));
  }

  private Optional<BeaconVote> remembered() throws IOException {
    Optional<Bytes> stored = store.get(VOTE_KEY);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BeaconVote.decode(stored.get().toArray(), seat.rules().places()));
    } catch (MalformedMessage e) {
      throw new IOException("the remembered vote is damaged", e);
    }
  }

  @FunctionalInterface
  private interface Call {
    void to(int place, PeerId peer) throws IOException, InterruptedException;
  }

  private void toOthers(Tasks tasks, Call call) {
    for (int place = 0; place < seat.rules().places(); place++) {
      if (place != seat.place()) {
        int to = place;
        PeerId peer = seat.rules().verifiers().get(to);
        tasks.serve("to " + peer, () -> call.to(to, peer));
      }
    }
  }

  private void collect(int place, PeerId peer, BeaconMessage.Proposal proposal)
      throws InterruptedException {
    Optional<Signature> signature = peers.propose(peer, proposal);
    if (signature.isPresent()) {
      inbox.put(new Inbound.Answer(place, signature.get()));
    }
  }

  private void ask(PeerId peer, long from) throws IOException, InterruptedException {
    Optional<FinalBeacon> newest = Optional.empty();
    for (FinalBeacon entry : peers.ask(peer, new BeaconMessage.Query(from)).entries()) {
      if (chain.add(entry) == BeaconChain.Outcome.ADDED) {
        newest = Optional.of(entry);
      }
    }
    if (newest.isPresent()) {
      inbox.put(new Inbound.Found(newest.get()));
    }
  }

  /// A commit or reveal came from `peer`; without effect when that is no verifier of genesis.
  public void hear(PeerId peer, BeaconMessage message) {
    int place = seat.rules().placeOf(peer);
    if (place >= 0 && place != seat.place()) {
      inbox.offer(new Inbound.Message(place, message));
    }
  }

  /// A proposal came from `peer`.
  ///
  /// @return the signature; empty when it is refused, which is also so for others than the
  ///   verifiers of genesis and when too much is waiting
  public Optional<Signature> propose(PeerId peer, BeaconMessage.Proposal proposal)
      throws InterruptedException {
    int place = seat.rules().placeOf(peer);
    Promise<Optional<Signature>> answer = new Promise<>(env.clock());
    if (place < 0
        || place == seat.place()
        || !inbox.offer(new Inbound.Request(place, proposal, answer))) {
      return Optional.empty();
    }
    return await(answer);
  }

  private Optional<Signature> await(Promise<Optional<Signature>> answer)
      throws InterruptedException {
    try {
      Duration epoch = seat.rules().schedule().epoch();
      return answer.await(env.clock().in(epoch)).flatMap(given -> given);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("this promise is never failed", e);
    }
  }
}
