package io.ppio.node.host;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.BeaconRules;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Store;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Follows the beacon: asks the verifiers for final epochs and believes what genesis alone proves.
///
/// One task asks; any number may wait for epochs. A lie costs its teller nothing but the answer:
/// the entry is refused and the next verifier is asked.
public final class BeaconFollower {
  /// Time for question and answer, beside that for which the question is held.
  private static final Duration TRANSIT = Duration.ofSeconds(2);

  private final NodeHost host;
  private final Clock clock;
  private final BeaconChain chain;
  private final HostLog log;
  private final int places;
  private final Duration limit;
  private int next;

  private BeaconFollower(NodeHost host) throws IOException {
    this.host = host;
    this.clock = host.env().clock();
    this.chain =
        new BeaconChain(
            BeaconRules.of(host.genesis()), host.store(), clock, Store.Durability.UNSYNCED);
    this.log = new HostLog(host.env().log());
    this.limit = chain.rules().schedule().held().plus(TRANSIT);
    this.places = host.genesis().peers(NodeRole.VERIFIER).size();
  }

  /// Begins to follow; the task ends with the host.
  ///
  /// @throws IOException when the stored chain is damaged
  public static BeaconFollower start(NodeHost host) throws IOException {
    BeaconFollower follower = new BeaconFollower(host);
    host.vital("beacon", follower::follow);
    return follower;
  }

  private void follow() throws InterruptedException, IOException {
    // Verifiers hold the question until they know more, so this is only for those that do not.
    Duration pause = host.genesis().parameters().epoch().dividedBy(4);
    while (true) {
      List<Contact> verifiers = host.directory().named(NodeRole.VERIFIER);
      boolean learned = !verifiers.isEmpty() && ask(verifiers.get(next % verifiers.size()));
      // The next one next time: one that hangs behind, or hides what it knows, holds nobody up.
      next++;
      if (!learned) {
        clock.sleep(pause);
      }
    }
  }

  /// Whether `verifier` knew more.
  private boolean ask(Contact verifier) throws InterruptedException, IOException {
    BeaconMessage.Query query = new BeaconMessage.Query(chain.tip().epoch() + 1);
    try {
      Bytes answer =
          host.peers()
              .call(
                  verifier,
                  Method.PROOF,
                  ProofCodec.encode(new ProofMessage.MakeBeacon(query)),
                  CallOptions.DEFAULT.within(limit))
              .body();
      return take(verifier, BeaconMessage.Entries.decode(answer, places).entries());
    } catch (CallFailed e) {
      log.beaconUnreachable(verifier.toString(), String.valueOf(e.getMessage()));
    } catch (MalformedMessage e) {
      log.beaconRefused(verifier.toString(), String.valueOf(e.getMessage()));
    }
    return false;
  }

  private boolean take(Contact verifier, List<FinalBeacon> entries) throws IOException {
    boolean added = false;
    boolean right = true;
    for (FinalBeacon entry : entries) {
      BeaconChain.Outcome outcome = chain.add(entry);
      if (outcome == BeaconChain.Outcome.WRONG) {
        log.beaconRefused(verifier.toString(), "epoch " + entry.epoch() + " does not follow");
        right = false;
        break;
      }
      added |= outcome == BeaconChain.Outcome.ADDED;
    }
    return right && added;
  }

  /// The final epochs known here.
  public BeaconChain chain() {
    return chain;
  }

  /// The newest final epoch known here; epoch 0 at first.
  public BeaconTip tip() {
    return chain.tip();
  }

  /// The first final epoch from `epoch` on, waiting for it.
  ///
  /// @return empty when `deadline` passed first
  public Optional<BeaconTip> await(long epoch, Deadline deadline)
      throws IOException, InterruptedException {
    return chain.await(epoch, deadline);
  }
}
