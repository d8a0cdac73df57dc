package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.transport.CallFailed;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import io.ppio.node.miner.CopyState.Effect;
import io.ppio.node.miner.CopyState.Event;
import io.ppio.node.miner.CopyState.Seal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Runs the effects of [CopyState], each to its result. Safe for concurrent use, by one task a copy
/// at a time.
final class ReplicaSteps {
  /// Beacons come every epoch; a longer silence means the verifiers are away and the copy waits its
  /// turn again.
  private static final Duration BEACON_WAIT = Duration.ofSeconds(30);

  private final NodeHost host;
  private final MinerStorage storage;
  private final BeaconFollower beacon;
  private final ReplicaSealer sealer;
  private final CommitteeClient committee;
  private final IndexerClient indexers;
  private final Counters<MinerCounter> counters;
  private final MinerLog log;

  ReplicaSteps(
      NodeHost host,
      MinerStorage storage,
      BeaconFollower beacon,
      IndexerClient indexers,
      Counters<MinerCounter> counters) {
    this.host = host;
    this.storage = storage;
    this.beacon = beacon;
    this.sealer = new ReplicaSealer(host, storage, counters);
    this.committee = new CommitteeClient(host, storage);
    this.indexers = indexers;
    this.counters = counters;
    this.log = new MinerLog(host.env().log());
  }

  /// @throws CallFailed when an indexer cannot be told now
  StepResult run(CopyRecord copy, Effect effect)
      throws CallFailed, IOException, InterruptedException {
    return switch (effect) {
      case Effect.TellStaged _ -> tell(copy, IndexRequest.Acknowledge.of(copy.stageAck()));
      case Effect.SealFirst _ ->
          seeded(copy, seed -> sealer.seal(copy, seed, beacon.tip().epoch()));
      case Effect.TellStored(var seal) -> tell(copy, IndexRequest.Acknowledge.of(seal.ack()));
      case Effect.RecordSeal(var seal) -> seeded(copy, seed -> committee.record(copy, seal, seed));
      case Effect.Prove(var recorded) -> seeded(copy, seed -> prove(copy, recorded, seed));
      case Effect.Activate(var certified) -> activate(copy, certified);
      case Effect.Unstage _ -> {
        storage.unstage(copy.id());
        yield new StepResult.Done(new Event.Unstaged());
      }
      case Effect.SealAgain(var seal) -> sealer.sealAgain(copy, seal);
      case Effect.Discard(var rid) -> {
        storage.discard(copy.id(), rid);
        yield new StepResult.Done(new Event.Discarded());
      }
      case Effect.Report _ ->
          tell(copy, new IndexRequest.Report(copy.id(), Trouble.LOST, Bytes.EMPTY));
    };
  }

  @FunctionalInterface
  private interface Seeded {
    StepResult run(BeaconTip seed) throws IOException, InterruptedException;
  }

  /// Runs what needs the seed of the replica id: the first final epoch from h_c + δ_seed on.
  private StepResult seeded(CopyRecord copy, Seeded step) throws IOException, InterruptedException {
    long epoch = copy.match().body().height() + host.genesis().parameters().sealing().seedDelay();
    Optional<BeaconTip> seed = await(epoch);
    return seed.isPresent()
        ? step.run(seed.get())
        : new StepResult.Later("no beacon of epoch " + epoch);
  }

  private StepResult prove(CopyRecord copy, CopyState.Recorded recorded, BeaconTip seed)
      throws IOException, InterruptedException {
    long epoch =
        recorded.receipt().body().height() + host.genesis().parameters().sealing().challengeDelay();
    Optional<BeaconTip> challenge = await(epoch);
    return challenge.isPresent()
        ? committee.prove(copy, recorded, seed, challenge.get())
        : new StepResult.Later("no beacon of epoch " + epoch);
  }

  private Optional<BeaconTip> await(long epoch) throws IOException, InterruptedException {
    return beacon.await(epoch, host.env().clock().in(BEACON_WAIT));
  }

  private StepResult tell(CopyRecord copy, IndexRequest news)
      throws CallFailed, InterruptedException {
    indexers.tell(copy.match(), news);
    return new StepResult.Done(new Event.Told());
  }

  private StepResult activate(CopyRecord copy, CopyState.Certified certified)
      throws CallFailed, IOException, InterruptedException {
    Seal seal = certified.seal();
    Optional<Integer> damage = storage.damage(seal, copy.tiles());
    if (damage.isPresent()) {
      return new StepResult.Damaged(damage.get());
    }
    indexers.tell(
        copy.match(), new IndexRequest.Activate(copy.id(), seal.root(), certified.certificate()));
    if (!storage.activate(seal.rid())) {
      return new StepResult.Damaged(0);
    }
    counters.count(MinerCounter.SEGMENTS_PROVEN);
    log.proven(copy.id());
    return new StepResult.Done(new Event.Activated());
  }
}
