package io.ppio.node.user.put;

import io.ppio.data.hash.Hash;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.index.IndexAnswer.Matched;
import io.ppio.incentive.index.IndexAnswer.Matched.Holder;
import io.ppio.incentive.index.IndexRequest;
import io.ppio.incentive.statement.Signed;
import io.ppio.network.identity.PublicKey;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.user.UserFailure;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.account.Miners;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Orders the copies of segments and checks what comes back.
///
/// An order follows from the upload and the bytes alone, so a repeated one has the same hash and
/// finds the matches that were made before. Immutable.
final class SegmentOrders {
  private final AccountTools tools;
  private final PutSettings settings;
  private final StoredObject stored;

  SegmentOrders(AccountTools tools, PutSettings settings, StoredObject stored) {
    this.tools = tools;
    this.settings = settings;
    this.stored = stored;
  }

  /// A miner that is to hold a copy.
  record Target(Signed<Match> match, Contact contact) {
    Hash contract() {
      return match.body().contractId();
    }
  }

  /// Orders a segment, again or for the first time.
  ///
  /// @return its miners in the order of copies; those whose match is worth nothing are left out
  List<Target> order(SegmentBody body) throws UserFailure, InterruptedException {
    SegmentOrder order = order(body.segment(), body);
    OrderBatch batch = OrderBatch.sign(List.of(order), tools.owner().wallet());
    Matched matched =
        tools
            .indexer()
            .order(
                new IndexRequest.Order(
                    settings.objectId(), batch.pathed(), batch.signature(), List.of()),
                tools.patience())
            .getFirst();
    List<Target> targets = checked(body.segment(), order.hash(), matched.holders());
    if (targets.size() < settings.copies()) {
      tools.log().copiesMissing(settings.objectId(), body.segment(), matched.shortfall());
    }
    return targets;
  }

  private SegmentOrder order(int segment, SegmentBody body) {
    // Counts up within the object and differs between objects, which is all it is for.
    long nonce = settings.objectId().buffer().getLong() + segment;
    return new SegmentOrder(
        tools.host().chainId(),
        tools.owner().account(),
        nonce,
        body.content(),
        new Terms(
            settings.copies(),
            settings.beginSeconds(),
            settings.expireSeconds(),
            settings.chiprice(),
            // A paused upload may go on much later under the same order.
            settings.expireSeconds()),
        PlacementWish.ANY,
        new SegmentOrder.Sealing(stored.profile(), Hash.ZERO),
        false);
  }

  private List<Target> checked(int segment, Hash order, List<Holder> holders) {
    List<Target> targets = new ArrayList<>();
    Set<PublicKey> miners = new HashSet<>();
    for (Holder holder : holders) {
      Match match = holder.match().body();
      if (!match.order().hash().equals(order)) {
        tools.log().matchRefused(settings.objectId(), segment, "for another order");
      } else if (!isByIndexer(holder.match())) {
        tools.log().matchRefused(settings.objectId(), segment, "not signed by an indexer");
      } else if (!miners.add(match.miner())) {
        tools.log().matchRefused(settings.objectId(), segment, "a miner for two copies");
      } else {
        targets.add(
            new Target(
                holder.match(), Miners.contact(tools.host(), match.miner(), holder.peerRecord())));
      }
    }
    return targets;
  }

  private boolean isByIndexer(Signed<Match> match) {
    return match
        .signer()
        .filter(key -> tools.host().genesis().peers(NodeRole.INDEXER).contains(key.peerId()))
        .isPresent();
  }

  /// What the index keeps of `targets`.
  SegmentCopies copies(List<Target> targets) {
    return new SegmentCopies(
        targets.stream()
            .map(target -> {
              Match match = target.match().body();
              return new SegmentCopies.Copy(
                  target.contract(),
                  match.copy(),
                  match.generation(),
                  match.miner().compressed(),
                  settings.chiprice().toString(),
                  Instant.ofEpochSecond(settings.beginSeconds()),
                  ContractState.PENDING,
                  "");
            })
            .toList());
  }
}
