package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Tariff;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One user's order of one segment of a tile.
record TestOrder(
    Hash chainId, PrivateKey user, Hash segment, Hash plainRoot, int copies, Term term) {
  /// From when to when, in seconds.
  record Term(long begin, long expire) {}

  private static final long VALID_FOR = 100 * 86_400L;

  static PrivateKey key(String name) {
    return PrivateKey.of(hash(name).toArray());
  }

  static Hash hash(String name) {
    return Hash.sha256(name.getBytes(StandardCharsets.UTF_8));
  }

  OrderBatch batch() {
    SegmentOrder order =
        new SegmentOrder(
            chainId,
            user.account(),
            1,
            Content.of(segment, Tile.SIZE, plainRoot),
            new Terms(
                copies,
                term.begin(),
                term.expire(),
                BigInteger.valueOf(100),
                term.begin() + VALID_FOR),
            PlacementWish.ANY,
            new SegmentOrder.Sealing(SealProfile.FAST.code(), Hash.ZERO),
            false);
    return OrderBatch.sign(List.of(order), user);
  }

  /// A store of contracts without anything around it.
  static ContractStore store(Env env, Store store, EventStore events) throws IOException {
    return new ContractStore(
        store,
        env.clock(),
        events,
        new SettlementStore(
            store, env.clock(), new Tariff(16 << 20, 3600), new Counters<>(IndexerCounter.class)),
        _ -> {});
  }

  /// What the user sends.
  IndexRequest.Order request() {
    OrderBatch batch = batch();
    Bytes name = batch.orders().getFirst().hash().bytes().slice(0, 16);
    return new IndexRequest.Order(name, batch.pathed(), batch.signature(), List.of());
  }

  /// A copy of it as an indexer matches it, with nothing shown.
  ContractEntry matched(int copy, PrivateKey miner, PrivateKey indexer) {
    return matched(copy, 0, miner, indexer);
  }

  /// Its first copy in a later generation.
  ContractEntry matchedAgain(int generation, PrivateKey miner, PrivateKey indexer) {
    return matched(0, generation, miner, indexer);
  }

  private ContractEntry matched(int copy, int generation, PrivateKey miner, PrivateKey indexer) {
    OrderBatch batch = batch();
    Match match =
        new Match(
            batch.pathed().getFirst(), batch.signature(), copy, generation, miner.publicKey(), 1);
    return ContractEntry.fresh(Statement.sign(match, indexer), BigInteger.ONE);
  }

  static SignedStatement<Ack.Staged> stageAck(Match match, PrivateKey miner) {
    Content content = match.order().content();
    return Statement.sign(
        new Ack.Staged(
            match.order().chainId(),
            match.contractId(),
            content.segment(),
            content.plainRoot(),
            match.height()),
        miner);
  }

  static ContractEntry staged(ContractEntry entry, PrivateKey miner) {
    return entry.showing(
        new Evidence.Acked(stageAck(entry.match().body(), miner)), entry.sealedRoot());
  }
}
