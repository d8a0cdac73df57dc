package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.env.Clock;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.network.transport.CallFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks the indexers from time to time how the copies here stand, and drops those whose contract is
/// over.
///
/// The indexer's events do that at once; but an event that came while its copy was still being
/// received found nothing to drop, and would not come again. One task owns it.
final class ContractReconciler {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration FIRST = Duration.ofSeconds(30);

  /// Contracts in one request: the answer brings a certificate for each.
  private static final int BATCH = 256;

  private final Clock clock;
  private final CopyStore copies;
  private final IndexerClient indexers;
  private final IndexerClient.Drops drops;
  private final MinerLog log;

  ContractReconciler(
      Clock clock,
      CopyStore copies,
      IndexerClient indexers,
      IndexerClient.Drops drops,
      MinerLog log) {
    this.clock = clock;
    this.copies = copies;
    this.indexers = indexers;
    this.drops = drops;
    this.log = log;
  }

  /// Works for ever.
  void run() throws InterruptedException {
    clock.sleep(FIRST);
    while (true) {
      for (Map.Entry<PeerId, List<Hash>> of : byIndexer().entrySet()) {
        List<Hash> contracts = of.getValue();
        for (int from = 0; from < contracts.size(); from += BATCH) {
          int to = Math.min(contracts.size(), from + BATCH);
          check(of.getKey(), contracts.subList(from, to));
        }
      }
      clock.sleep(EVERY);
    }
  }

  private Map<PeerId, List<Hash>> byIndexer() {
    Map<PeerId, List<Hash>> contracts = new LinkedHashMap<>();
    for (CopyRecord record : copies.all()) {
      record
          .match()
          .signer()
          .map(PublicKey::peerId)
          .ifPresent(indexer ->
              contracts.computeIfAbsent(indexer, _ -> new ArrayList<>()).add(record.id()));
    }
    return contracts;
  }

  private void check(PeerId indexer, List<Hash> contracts) throws InterruptedException {
    try {
      for (Standing standing : indexers.standings(indexer, contracts)) {
        if (standing.state().isFinal() && contracts.contains(standing.contract())) {
          drops.drop(standing.contract());
        }
      }
    } catch (CallFailed | MalformedMessage | IOException e) {
      log.indexerUnreachable(indexer, "audit", String.valueOf(e.getMessage()));
    }
  }
}
