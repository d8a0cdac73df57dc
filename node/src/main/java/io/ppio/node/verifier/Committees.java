package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom a verifier believes, and who judges what: follows from genesis and its own beacon chain.
///
/// Safe for use by any number of tasks.
final class Committees {
  /// How often a task that waits for an epoch looks.
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /// Epochs that a peer's clock may be ahead of ours.
  private static final int AHEAD_MAX = 2;

  private final NodeHost host;
  private final BeaconChain chain;
  private final List<PeerId> verifiers;
  private final List<PublicKey> indexers;

  Committees(NodeHost host, BeaconChain chain) {
    this.host = host;
    this.chain = chain;
    this.verifiers = host.genesis().peers(NodeRole.VERIFIER);
    this.indexers = host.genesis().peers(NodeRole.INDEXER).stream().map(PeerId::publicKey).toList();
  }

  BeaconChain chain() {
    return chain;
  }

  /// Whether an indexer that genesis names signed it.
  boolean isByIndexer(SignedStatement<?> statement) {
    return statement.signer().filter(indexers::contains).isPresent();
  }

  /// Waits until `epoch`, or a later one, is final here.
  ///
  /// @return false when `deadline` passed first, at once for an epoch that has not begun
  boolean await(long epoch, Deadline deadline) throws InterruptedException {
    Clock clock = host.env().clock();
    while (chain.tip().epoch() < epoch) {
      if (epoch > chain.rules().schedule().epochAt(clock.wall()) + AHEAD_MAX || deadline.passed()) {
        return false;
      }
      clock.sleep(LOOK_EVERY);
    }
    return true;
  }

  /// The final epochs that a statement may use which needs one from `wanted` on: the first one, and
  /// because peers learn of epochs at different times, a few later ones.
  List<BeaconTip> serving(long wanted) throws IOException {
    List<BeaconTip> found = new ArrayList<>();
    long from = wanted;
    while (found.size() <= BeaconChain.LATER_MAX) {
      Optional<BeaconTip> next = chain.atOrAfter(from);
      if (next.isEmpty()) {
        break;
      }
      found.add(next.get());
      from = next.get().epoch() + 1;
    }
    return found;
  }

  /// Who judges the replica of `contract`.
  ///
  /// @param beacon B(h_s)
  Committee ofReplica(Hash beacon, Hash contract, PublicKey miner) {
    return draw(beacon, contract.bytes(), miner);
  }

  /// Who may hold the keys of `miner` in `channel`, in draw order.
  ///
  /// @param beacon of the epoch at which the channel was opened
  Committee ofChannel(Hash beacon, Hash channel, PublicKey miner) {
    return draw(
        beacon, Bytes.of(new FixedWidth().hash(channel).hash(miner.hash()).toArray()), miner);
  }

  private Committee draw(Hash beacon, Bytes subject, PublicKey miner) {
    PeerId judged = miner.peerId();
    return Committee.draw(beacon, subject, 0, verifiers, verifier -> !verifier.equals(judged));
  }
}
