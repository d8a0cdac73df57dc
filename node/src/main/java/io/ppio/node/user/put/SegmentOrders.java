package io.ppio.node.user.put;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.indexing.IndexAnswer.Matched.Holder;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.Contact;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.SegmentCopies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Orders the copies of one upload's segments and checks what comes back. Immutable.
final class SegmentOrders {
  private final NodeHost host;
  private final OwnerKeys owner;
  private final IndexerClient indexer;
  private final PutSettings settings;
  private final OwnOrders own;
  private final UserLog log;

  /// @param own the orders of the upload with `settings`
  SegmentOrders(
      NodeHost host, OwnerKeys owner, IndexerClient indexer, PutSettings settings, OwnOrders own) {
    this.host = host;
    this.owner = owner;
    this.indexer = indexer;
    this.settings = settings;
    this.own = own;
    this.log = new UserLog(host.env().log());
  }

  /// A miner that is to hold a copy.
  record Target(SignedStatement<Match> match, Contact contact) {
    Hash contract() {
      return match.body().contractId();
    }
  }

  /// What an order brought.
  ///
  /// @param targets in the order of copies; those whose match is worth nothing are left out
  /// @param shortfall why copies are missing, as the indexer has it; empty if none is
  record Ordered(List<Target> targets, String shortfall) {}

  /// Copies that the upload waits for.
  int awaited() {
    return settings.awaited();
  }

  /// Orders a segment, again or for the first time.
  Ordered order(SegmentBody body) throws UserFailure, InterruptedException {
    SegmentOrder order = own.order(body.segment(), body.content());
    OrderBatch batch = OrderBatch.sign(List.of(order), owner.wallet());
    Matched matched =
        indexer
            .order(
                new IndexRequest.Order(
                    settings.objectId(), batch.pathed(), batch.signature(), List.of()))
            .getFirst();
    List<Target> targets = checked(body.segment(), order.hash(), matched.holders());
    if (targets.size() < settings.copies()) {
      log.copiesMissing(settings.objectId(), body.segment(), matched.shortfall());
    }
    return new Ordered(targets, matched.shortfall());
  }

  private List<Target> checked(int segment, Hash order, List<Holder> holders) {
    List<Target> targets = new ArrayList<>();
    Set<PublicKey> miners = new HashSet<>();
    for (Holder holder : holders) {
      Match match = holder.match().body();
      if (!match.order().hash().equals(order)) {
        log.matchRefused(settings.objectId(), segment, "for another order");
      } else if (!host.named().isByIndexer(holder.match())) {
        log.matchRefused(settings.objectId(), segment, "not signed by an indexer");
      } else if (!miners.add(match.miner())) {
        log.matchRefused(settings.objectId(), segment, "a miner for two copies");
      } else {
        targets.add(new Target(holder.match(), indexer.miner(match.miner(), holder.peerRecord())));
      }
    }
    return targets;
  }

  /// Tells the indexer that a copy could not be sent.
  void report(Target target, IndexRequest.Report.Trouble trouble, String reason)
      throws InterruptedException {
    log.uploadFailed(target.contract(), target.contact().id(), reason);
    indexer.report(target.contract(), trouble);
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
