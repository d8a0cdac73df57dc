package io.ppio.node.indexer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.indexing.IndexAnswer.Happened;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestOrder;
import io.ppio.node.indexer.ContractEntry.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What time does to contracts.
class ContractExpirySimTest {
  private static final long NOW = SimWorld.EPOCH.getEpochSecond();
  private static final long DAY = 86_400;
  private static final int PENDING_SECONDS = 7200;
  private static final Bytes BATCH = Bytes.of(new byte[16]);

  private final PrivateKey indexer = TestNetwork.key("indexer");
  private final List<PrivateKey> miners =
      List.of(TestNetwork.key("m0"), TestNetwork.key("m1"), TestNetwork.key("m2"));

  /// A ledger and who keeps it.
  private record House(Env env, ContractStore ledger, EventStore events, ContractExpiry keeper) {
    void pass(Duration time) throws IOException, InterruptedException {
      env.clock().sleep(time);
      keeper.round();
    }

    /// Lets time pass while the miners offer, as they do, at least towards its end.
    void pass(Duration time, List<PrivateKey> offering) throws IOException, InterruptedException {
      Duration offers = ContractExpiry.IN_TOUCH.plusSeconds(10);
      if (time.compareTo(offers) > 0) {
        env.clock().sleep(time.minus(offers));
      }
      long end = env.clock().nanos() + (time.compareTo(offers) > 0 ? offers : time).toNanos();
      while (end - env.clock().nanos() > 0) {
        for (PrivateKey miner : offering) {
          keeper.heard(miner.account());
        }
        long left = end - env.clock().nanos();
        env.clock().sleep(Duration.ofNanos(Math.min(left, Duration.ofSeconds(5).toNanos())));
      }
      keeper.round();
    }

    ContractState state(ContractEntry of) throws IOException {
      return ledger.contract(of.id()).orElseThrow().state();
    }

    void on(ContractEntry entry, Event event) throws IOException {
      ledger.update(entry.id(), found -> found.on(event));
    }

    void suspect(ContractEntry entry, Trouble trouble) throws IOException {
      long now = env.clock().wallMillis() / 1000;
      ledger.update(entry.id(), found -> found.troubled(trouble, now).on(new Event.Missed()));
    }
  }

  @FunctionalInterface
  private interface Script {
    void run(House house) throws Exception;
  }

  private static void run(Script script) {
    TestNetwork.alone(env -> {
      try (Store store = env.disk().openStore(Path.of("/store"))) {
        EventStore events = new EventStore(store, env.clock());
        ContractStore ledger = IndexerWorld.store(env, store, events);
        script.run(
            new House(
                env,
                ledger,
                events,
                new ContractExpiry(
                    ledger, env.clock(), PENDING_SECONDS, new IndexerLog(env.log()))));
      }
    });
  }

  private static TestOrder order(int copies, long begin, long expire) {
    return new TestOrder(
        Hash.ZERO,
        TestNetwork.key("user"),
        Content.of(TestNetwork.hash("segment"), Tile.SIZE, TestNetwork.hash("root")),
        copies,
        new TestOrder.Term(begin, expire));
  }

  private List<ContractEntry> match(House house, TestOrder order) throws IOException {
    List<ContractEntry> copies = new ArrayList<>();
    for (int copy = 0; copy < order.copies(); copy++) {
      copies.add(IndexerWorld.matched(order, copy, miners.get(copy), indexer));
    }
    assertTrue(house.ledger().add(BATCH, copies, List.of()));
    return copies;
  }

  private void stage(House house, ContractEntry entry) throws IOException {
    PrivateKey miner = miners.get(entry.match().body().copy());
    house.ledger().update(entry.id(), found -> Change.to(IndexerWorld.staged(found, miner)));
  }

  private static List<Happened> events(House house, PrivateKey miner) throws Exception {
    return house.events().after(miner.account(), 0);
  }

  @Test
  void theTimeToTheFirstProofBeginsWithTheMatchNotWithTheObject() {
    run(house -> {
      ContractEntry late = match(house, order(1, NOW - DAY, NOW + 30 * DAY)).getFirst();
      house.pass(Duration.ofSeconds(PENDING_SECONDS - 1), miners);
      assertEquals(ContractState.PENDING, house.state(late));
      house.pass(Duration.ofSeconds(2), miners);
      assertEquals(ContractState.CANCELLED, house.state(late));
      assertEquals(Happened.What.DROP, events(house, miners.getFirst()).getFirst().what());
    });
  }

  @Test
  void anAcknowledgedCopyIsKeptHoweverLongNobodyProvesIt() {
    run(house -> {
      List<ContractEntry> copies = match(house, order(3, NOW, NOW + 30 * DAY));
      stage(house, copies.get(0));
      stage(house, copies.get(1));
      for (int hour = 0; hour < 24; hour++) {
        house.pass(Duration.ofHours(1), miners);
      }
      assertEquals(ContractState.PENDING, house.state(copies.get(0)));
      assertEquals(ContractState.PENDING, house.state(copies.get(1)));
      assertEquals(ContractState.CANCELLED, house.state(copies.get(2)));
    });
  }

  @Test
  void aMinerThatComesBackMayStillSayThatItAcknowledgedTheCopy() {
    run(house -> {
      List<ContractEntry> copies = match(house, order(2, NOW, NOW + 30 * DAY));
      List<PrivateKey> back = miners.subList(0, 1);
      house.pass(Duration.ofHours(5));
      assertEquals(ContractState.PENDING, house.state(copies.get(0)));
      for (int offer = 0; offer < 10; offer++) {
        house.pass(Duration.ofSeconds(5), back);
        assertEquals(ContractState.PENDING, house.state(copies.get(0)));
      }
      house.pass(Duration.ofMinutes(1));
      for (int offer = 0; offer < ContractExpiry.IN_TOUCH.toSeconds() / 5; offer++) {
        house.pass(Duration.ofSeconds(5), back);
        assertEquals(ContractState.PENDING, house.state(copies.get(0)));
      }
      house.pass(Duration.ofSeconds(10), back);
      assertEquals(ContractState.CANCELLED, house.state(copies.get(0)));
      assertEquals(ContractState.PENDING, house.state(copies.get(1)));
    });
  }

  @Test
  void anAcknowledgedCopyMayGoOnceWhatWasPromisedIsProven() {
    run(house -> {
      List<ContractEntry> copies = match(house, order(3, NOW, NOW + 30 * DAY));
      for (ContractEntry copy : copies) {
        stage(house, copy);
      }
      house.on(copies.get(0), new Event.Activated());
      house.pass(Duration.ofSeconds(PENDING_SECONDS + 1));
      assertEquals(ContractState.PENDING, house.state(copies.get(2)));
      house.on(copies.get(1), new Event.Activated());
      house.pass(Duration.ofSeconds(PENDING_SECONDS - 1));
      assertEquals(ContractState.PENDING, house.state(copies.get(2)));
      house.pass(Duration.ofSeconds(3));
      assertEquals(ContractState.CANCELLED, house.state(copies.get(2)));
      assertEquals(ContractState.AVAILABLE, house.state(copies.get(0)));
    });
  }

  @Test
  void contractsEndWhenTheyExpireAndTheirMinersHearOfIt() {
    run(house -> {
      List<ContractEntry> early = match(house, order(3, NOW, NOW + DAY));
      List<ContractEntry> later = match(house, order(2, NOW + 1, NOW + 2 * DAY));
      stage(house, early.get(0));
      house.on(early.get(1), new Event.Activated());
      house.on(early.get(2), new Event.Lost());
      house.on(later.get(0), new Event.Activated());
      house.on(later.get(1), new Event.Activated());
      house.pass(Duration.ofSeconds(DAY));
      assertEquals(ContractState.PENDING, house.state(early.get(0)));
      assertEquals(ContractState.AVAILABLE, house.state(early.get(1)));
      house.pass(Duration.ofSeconds(1));
      assertEquals(ContractState.CANCELLED, house.state(early.get(0)));
      assertEquals(ContractState.ENDED, house.state(early.get(1)));
      assertEquals(ContractState.ENDED, house.state(early.get(2)));
      assertEquals(
          List.of(new Happened(1, early.get(1).id(), Happened.What.EXPIRED)),
          events(house, miners.get(1)));
      assertEquals(
          List.of(new Happened(1, early.get(2).id(), Happened.What.EXPIRED)),
          events(house, miners.get(2)));
      house.on(later.get(0), new Event.EndedByUser(false));
      assertEquals(1, house.ledger().ofSegment(TestNetwork.hash("segment")).size());
      house.pass(Duration.ofSeconds(DAY));
      assertEquals(ContractState.TERMINATED, house.state(later.get(0)));
      assertEquals(ContractState.ENDED, house.state(later.get(1)));
      assertEquals(List.of(), house.ledger().expired(NOW + 1000 * DAY, 10));
      assertEquals(List.of(), house.ledger().ofSegment(TestNetwork.hash("segment")));
    });
  }

  @Test
  void moreContractsThanOneScanFindsEndInOneRound() {
    run(house -> {
      List<ContractEntry> entries = new ArrayList<>();
      for (int i = 0; i < 2 * ContractExpiry.BATCH + 1; i++) {
        entries.add(
            IndexerWorld.matched(order(1, NOW + i, NOW + DAY), 0, miners.getFirst(), indexer));
      }
      assertTrue(house.ledger().add(BATCH, entries, List.of()));
      house.pass(Duration.ofSeconds(DAY + 1));
      for (ContractEntry entry : entries) {
        assertEquals(ContractState.CANCELLED, house.state(entry));
      }
    });
  }

  @Test
  void aCopyThatDidNotAnswerOnceCountsAgainWhenItsMinerIsHeardLater() {
    run(house -> {
      ContractEntry copy = match(house, order(1, NOW, NOW + 30 * DAY)).getFirst();
      house.on(copy, new Event.Activated());
      house.suspect(copy, Trouble.NO_ANSWER);
      house.pass(ContractExpiry.SUSPECT_FOR.minusSeconds(1));
      house.keeper().heard(miners.getFirst().account());
      assertEquals(ContractState.SUSPECT, house.state(copy));
      house.pass(Duration.ofSeconds(2));
      assertEquals(ContractState.SUSPECT, house.state(copy));
      house.keeper().heard(miners.get(1).account());
      assertEquals(ContractState.SUSPECT, house.state(copy));
      house.keeper().heard(miners.getFirst().account());
      assertEquals(ContractState.AVAILABLE, house.state(copy));
      assertEquals(
          List.of(), house.ledger().unanswered(miners.getFirst().account(), Integer.MAX_VALUE));
    });
  }

  @Test
  void aCopyWithWrongBytesStaysSuspectWhateverElseIsReported() {
    for (List<Trouble> reports :
        List.of(
            List.of(Trouble.CORRUPT),
            List.of(Trouble.CORRUPT, Trouble.NO_ANSWER),
            List.of(Trouble.NO_ANSWER, Trouble.CORRUPT))) {
      run(house -> {
        ContractEntry copy = match(house, order(1, NOW, NOW + 30 * DAY)).getFirst();
        house.on(copy, new Event.Activated());
        house.suspect(copy, reports.getFirst());
        for (Trouble further : reports.subList(1, reports.size())) {
          house.ledger().update(copy.id(), found -> Change.to(found.troubled(further, NOW)));
        }
        house.pass(ContractExpiry.SUSPECT_FOR.plusSeconds(1));
        house.keeper().heard(miners.getFirst().account());
        assertEquals(ContractState.SUSPECT, house.state(copy));
      });
    }
  }
}
