package io.ppio.node.indexer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ContractState.Effect;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.indexing.IndexAnswer.Happened;
import io.ppio.incentive.market.Tariff;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestOrder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the steps of contracts decide is done.
class ContractEffectsSimTest {
  private static final long NOW = SimWorld.EPOCH.getEpochSecond();
  private static final long DAY = 86_400;
  private static final Bytes BATCH = Bytes.of(new byte[16]);
  private static final BigInteger PRICE = BigInteger.valueOf(100);

  private final PrivateKey indexer = TestNetwork.key("indexer");
  private final PrivateKey miner = TestNetwork.key("miner");
  private final TestOrder order =
      new TestOrder(
          Hash.ZERO,
          TestNetwork.key("user"),
          Content.of(TestNetwork.hash("segment"), Tile.SIZE, TestNetwork.hash("root")),
          1,
          new TestOrder.Term(NOW, NOW + 30 * DAY));

  /// An indexer's store with what is made of it.
  private record Kept(
      Env env,
      Store store,
      Counters<IndexerCounter> counters,
      EventStore events,
      SettlementStore settlements,
      ContractStore contracts) {
    static Kept open(Env env, Store store) throws IOException {
      var counters = new Counters<>(IndexerCounter.class);
      var events = new EventStore(store, env.clock());
      var settlements =
          new SettlementStore(store, env.clock(), new Tariff(16 << 20, 3_600), counters);
      var contracts = new ContractStore(store, env.clock(), events, settlements, _ -> {});
      return new Kept(env, store, counters, events, settlements, contracts);
    }

    ContractState on(ContractEntry entry, Event event) throws IOException {
      return contracts.update(entry.id(), found -> found.on(event)).orElseThrow().state();
    }

    List<Effect> effects() {
      return settlements.newest().stream().map(SettlementStore.Settlement::effect).toList();
    }

    List<BigInteger> amounts() {
      return settlements.newest().stream().map(SettlementStore.Settlement::wei).toList();
    }
  }

  @FunctionalInterface
  private interface Script {
    void run(Kept kept) throws Exception;
  }

  private static void run(Script script) {
    TestNetwork.alone(env -> {
      try (Store store = env.disk().openStore(Path.of("/store"))) {
        script.run(Kept.open(env, store));
      }
    });
  }

  private ContractEntry match(Kept kept) throws IOException {
    ContractEntry entry = IndexerWorld.matched(order, 0, miner, indexer);
    assertTrue(kept.contracts().add(BATCH, List.of(entry), List.of()));
    return entry;
  }

  @Test
  void whatIsEndedUnprovenGoesBackToItsUserAndItsMinerHearsOfIt() {
    run(kept -> {
      ContractEntry entry = match(kept);
      assertEquals(ContractState.CANCELLED, kept.on(entry, new Event.EndedByUser(false)));
      assertEquals(List.of(Effect.RETURN_PREPAID, Effect.SERVICE_TO_USER), kept.effects());
      assertEquals(
          List.of(BigInteger.valueOf(30 * 24).multiply(PRICE), BigInteger.TEN.multiply(PRICE)),
          kept.amounts());
      assertEquals(
          List.of(new Happened(1, entry.id(), Happened.What.DROP)),
          kept.events().after(miner.account(), 0));
      assertFalse(kept.contracts().isVacant(entry));
    });
  }

  @Test
  void aProvenContractThatEndsIsSettledOnceHoweverOftenItIsEnded() {
    run(kept -> {
      ContractEntry entry = match(kept);
      kept.on(entry, new Event.Activated());
      kept.env().clock().sleep(Duration.ofDays(10));
      kept.on(entry, new Event.EndedByUser(true));
      kept.on(entry, new Event.EndedByUser(true));
      assertEquals(List.of(Effect.SETTLE), kept.effects());
      assertEquals(List.of(BigInteger.valueOf(20 * 24).multiply(PRICE)), kept.amounts());
      assertEquals(1, kept.counters().figures().get(IndexerCounter.SETTLED.label()));
    });
  }

  @Test
  void settlementsOutliveARestart() {
    run(kept -> {
      kept.on(match(kept), new Event.EndedByUser(true));
      Kept again = Kept.open(kept.env(), kept.store());
      assertEquals(kept.settlements().newest(), again.settlements().newest());
      assertEquals(1, again.counters().figures().get(IndexerCounter.PREPAID_RETURNED.label()));
      assertEquals(1, again.counters().figures().get(IndexerCounter.SERVICE_TO_MINER.label()));
    });
  }

  @Test
  void theOldestSettlementsLeaveFirst() {
    run(kept -> {
      ContractEntry entry = IndexerWorld.matched(order, 0, miner, indexer);
      StoreBatch batch = new StoreBatch();
      for (int i = 0; i < SettlementStore.KEPT + 5; i++) {
        kept.env().clock().sleep(Duration.ofSeconds(1));
        kept.settlements().done(List.of(kept.settlements().record(batch, entry, Effect.SETTLE)));
      }
      assertTrue(kept.store().commit(batch, Store.Durability.SYNCED));
      kept.settlements().trim();
      long[] first = {0};
      int[] count = {0};
      kept.store()
          .scanPrefix(
              ContractKeys.settlements(),
              (key, _) -> {
                first[0] = count[0]++ == 0 ? key.slice(1, 9).buffer().getLong() : first[0];
                return true;
              });
      assertEquals(SettlementStore.KEPT, count[0]);
      assertEquals(NOW + 6, first[0]);
    });
  }

  @Test
  void aLostCopyLeavesAPlaceUntilTheNextGenerationIsProven() {
    run(kept -> {
      ContractEntry lost = match(kept);
      kept.on(lost, new Event.Activated());
      assertEquals(ContractState.FAILED, kept.on(lost, new Event.Lost()));
      assertTrue(kept.contracts().isVacant(lost));
      ContractEntry failed = kept.contracts().contract(lost.id()).orElseThrow();
      ContractEntry next = IndexerWorld.matchedAgain(order, 1, TestNetwork.key("other"), indexer);
      assertTrue(kept.contracts().add(BATCH, List.of(next), List.of(failed)));
      assertEquals(
          ContractState.FAILED, kept.contracts().contract(lost.id()).orElseThrow().state());
      kept.on(next, new Event.Activated());
      kept.contracts().filled(next);
      assertEquals(
          ContractState.REPLACED, kept.contracts().contract(lost.id()).orElseThrow().state());
      assertFalse(kept.contracts().isVacant(lost));
      assertEquals(1, kept.events().after(miner.account(), 0).size());
    });
  }

  @Test
  void aProofThatComesWhenItsContractIsOverReplacesNoOther() {
    run(kept -> {
      ContractEntry lost = match(kept);
      kept.on(lost, new Event.Activated());
      kept.on(lost, new Event.Lost());
      ContractEntry failed = kept.contracts().contract(lost.id()).orElseThrow();
      ContractEntry next = IndexerWorld.matchedAgain(order, 1, TestNetwork.key("other"), indexer);
      assertTrue(kept.contracts().add(BATCH, List.of(next), List.of(failed)));
      assertEquals(ContractState.CANCELLED, kept.on(next, new Event.Unproven()));
      assertEquals(ContractState.CANCELLED, kept.on(next, new Event.Activated()));
      kept.contracts().filled(next);
      assertEquals(
          ContractState.FAILED, kept.contracts().contract(lost.id()).orElseThrow().state());
      assertTrue(kept.contracts().isVacant(lost));
    });
  }
}
