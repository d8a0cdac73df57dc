package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconRules;
import io.ppio.consensus.beacon.BeaconRunner;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;

/// A verifier of genesis.
///
/// What it has said is in its store before it says it: votes, receipts, findings, lanes with their
/// vouchers. So it may be started again on its folder at any time and contradicts nothing. Safe for
/// use by any number of tasks.
public final class VerifierNode implements AutoCloseable {
  static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

  /// Records of replicas are many and live long: they are looked through this seldom.
  private static final int SWEEPS_PER_SCAN = 60;

  /// Beacon entries are kept so long: answers about a proof are given for 7 days (data and proofs
  /// specification 5.0).
  private static final Duration ENTRIES_KEPT = Duration.ofDays(7);

  private final NodeHost host;
  private final VerifierLog log;
  private final Counters<VerifierCounter> counters = new Counters<>(VerifierCounter.class);
  private final BeaconChain chain;
  private final BeaconRunner runner;
  private final BeaconService beacon;
  private final ReplicaService porep;
  private final KeyHolderService lanes;

  private VerifierNode(NodeHost host) throws IOException {
    this.host = host;
    this.log = new VerifierLog(host.env().log());
    if (!host.named().isVerifier(host.id())) {
      throw new IOException("genesis does not name " + host.id() + " as a verifier");
    }
    this.chain =
        new BeaconChain(
            BeaconRules.of(host.genesis()),
            host.store(),
            host.env().clock(),
            Store.Durability.SYNCED);
    this.runner =
        new BeaconRunner(
            host.env(), host.identity(), chain, host.store(), new VerifierPeers(host, log));
    this.beacon = new BeaconService(chain, runner, host.env().clock());
    this.porep = new ReplicaService(host, chain, counters, log);
    this.lanes = new KeyHolderService(host, chain, counters, log);
  }

  /// Starts the verifier; it serves when this returns.
  ///
  /// @throws io.ppio.env.FolderInUse when another process has the folder
  /// @throws IOException when the disk fails, the address cannot be bound, or genesis does not name
  ///   this node
  public static VerifierNode start(Env env, VerifierConfig config) throws IOException {
    NodeHost host = NodeHost.open(env, config.host());
    try {
      VerifierNode node = new VerifierNode(host);
      host.services().add(Method.PROOF, node::proof).add(Method.LANE, node.lanes::answer);
      host.serve();
      host.vital("beacon", node::runBeacon);
      host.vital("sweep", node::sweep);
      return node;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private void runBeacon() throws IOException, InterruptedException {
    try {
      runner.run();
    } catch (IOException e) {
      log.beaconStopped(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void sweep() throws IOException, InterruptedException {
    long kept = ENTRIES_KEPT.dividedBy(host.genesis().parameters().epoch());
    for (long sweeps = 1; ; sweeps++) {
      host.env().clock().sleep(SWEEP_EVERY);
      int channels = lanes.sweep();
      int contracts = sweeps % SWEEPS_PER_SCAN == 0 ? porep.sweep() : 0;
      if (channels + contracts > 0) {
        log.expiredRemoved(channels, contracts);
      }
      chain.forgetBefore(chain.tip().epoch() - kept);
    }
  }

  private void proof(Exchange exchange) throws Exception {
    switch (ProofCodec.decode(exchange.body(), chain.rules().places())) {
      case ProofMessage.RecordSeal(var request) -> porep.record(exchange, request);
      case ProofMessage.ProveReplica(var proof) -> porep.judge(exchange, proof);
      case ProofMessage.MakeBeacon(var message) -> beacon.answer(exchange, message);
      case ProofMessage.CheckSpot _ ->
          throw new Refused(Status.BAD_REQUEST, "no PROOF message for verifiers");
    }
  }

  /// What an operator sees.
  public Counters<VerifierCounter> status() {
    counters.set(VerifierCounter.BEACON_EPOCH, chain.tip().epoch());
    counters.set(VerifierCounter.LANES, lanes.lanes());
    counters.set(VerifierCounter.MINERS_REPORTED, lanes.reports());
    counters.set(VerifierCounter.REVEALS_MISSED, chain.missed());
    return counters;
  }

  /// The node beneath the role.
  public NodeHost host() {
    return host;
  }

  /// Ends everything; what was acknowledged stays on disk. Idempotent.
  @Override
  public void close() {
    host.close();
  }
}
