package io.ppio.node.indexer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.RunEnd;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexAnswer.Opened;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.transfer.CopyFrom;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.wire.Method;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestOrder;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A real indexer among users and miners that do not all mean well.
class IndexerSimTest {
  private static final Hash SEGMENT = TestNetwork.hash("segment");
  private static final Hash ROOT = TestNetwork.hash("root");
  private static final int COPIES = 3;

  private final List<Match> matches = new ArrayList<>();

  /// The contracts for which each miner was told to fetch a copy, in order.
  private final Map<String, List<Hash>> fetched = new HashMap<>();

  private final Set<String> silent = new HashSet<>();

  private void miners(IndexerWorld network, int count) {
    for (int i = 0; i < count; i++) {
      String name = "m" + i;
      fetched.put(name, new ArrayList<>());
      network.miner(
          name,
          host ->
              host.services()
                  .add(
                      Method.COPY_FROM,
                      exchange -> {
                        fetched
                            .getOrDefault(name, List.of())
                            .add(TransferCodec.decode(CopyFrom.class, exchange.body()).contract());
                        if (silent.contains(name)) {
                          host.env().clock().sleep(Duration.ofMinutes(1));
                        }
                        exchange.reply(Bytes.EMPTY);
                      }));
    }
  }

  private static List<Hash> roots(List<Located.Copy> copies) {
    return copies.stream().map(copy -> copy.row().plainRoot()).toList();
  }

  private static Opened open(
      IndexerWorld network, NodeHost host, PrivateKey wallet, List<SegmentEntry> list)
      throws Exception {
    DownloadOpen open =
        DownloadOpen.of(
            new DownloadOpen.Parties(
                TestNetwork.hash("channel"),
                wallet.account(),
                TestNetwork.key("channel key").publicKey()),
            list,
            BigInteger.valueOf(100),
            TestOrder.NOW + 3600);
    Bytes answer = network.call(host, new IndexRequest.Open(Statement.sign(open, wallet), list));
    return IndexCodec.answer(Opened.class, answer);
  }

  @Test
  void aSegmentThatIsMatchedHoursAfterItsObjectBeganIsNotCancelled() {
    try (IndexerWorld network = new IndexerWorld(1)) {
      miners(network, COPIES);
      network.peer("user");
      TestOrder late =
          new TestOrder(
              network.chainId(),
              TestNetwork.key("user"),
              Content.of(SEGMENT, Tile.SIZE, ROOT),
              COPIES,
              new TestOrder.Term(
                  TestOrder.NOW - TestOrder.DAY, TestOrder.NOW + 30 * TestOrder.DAY));
      network.as("user", host -> matches.addAll(network.order(host, late)));
      network.as("user", host -> network.stage(host, matches.getFirst()));
      network.world.runFor(Duration.ofMinutes(1));
      network.as(
          "user",
          host -> {
            for (Match match : matches) {
              assertEquals(
                  ContractState.PENDING, network.standing(host, match.contractId()).state());
            }
          });
    }
  }

  /// The victim's object first, then an attacker's contracts on its chunk hash.
  private void attack(IndexerWorld network, int contracts, boolean first) {
    TestOrder real = network.order("user", SEGMENT, ROOT, 2);
    if (!first) {
      network.as("user", host -> matches.addAll(network.order(host, real)));
    }
    for (int i = 0; i < contracts; i++) {
      TestOrder other = network.order("thief" + i, SEGMENT, TestNetwork.hash("other" + i), 1);
      network.as(
          "thief",
          host -> {
            for (Match match : network.order(host, other)) {
              network.stage(host, match);
            }
          });
    }
    if (first) {
      network.as("user", host -> matches.addAll(network.order(host, real)));
    }
    network.as(
        "user",
        host -> {
          for (Match match : matches) {
            network.stage(host, match);
          }
        });
  }

  @Test
  void aChannelOpensOverARealCopyWhateverElseIsStoredUnderItsChunkHash() {
    try (IndexerWorld network = new IndexerWorld(2)) {
      miners(network, COPIES);
      network.peer("user");
      network.peer("thief");
      attack(network, 30, true);
      Set<Account> holders = new HashSet<>();
      matches.forEach(match -> holders.add(match.miner().account()));
      assertEquals(2, holders.size());
      network.as(
          "user",
          host -> {
            Opened opened =
                open(
                    network,
                    host,
                    TestNetwork.key("user"),
                    List.of(new SegmentEntry(SEGMENT, 1, ROOT)));
            Set<Account> granted = new HashSet<>();
            opened.grants().forEach(grant -> granted.add(grant.body().miner()));
            assertEquals(holders, granted);
          });
    }
  }

  @Test
  void aUserSeesItsOwnCopiesFirst() {
    try (IndexerWorld network = new IndexerWorld(3)) {
      miners(network, COPIES);
      network.peer("user");
      network.peer("thief");
      attack(network, 30, true);
      network.as(
          "user",
          host -> {
            List<Located.Copy> copies = network.locate(host, SEGMENT);
            assertEquals(10, copies.size());
            assertEquals(List.of(ROOT, ROOT), roots(copies).subList(0, 2));
          });
    }
  }

  @Test
  void whoeverLearnsAChunkHashLaterCannotHideTheCopiesThatWereThere() {
    try (IndexerWorld network = new IndexerWorld(4)) {
      miners(network, COPIES);
      network.peer("user");
      network.peer("thief");
      network.peer("stranger");
      network.as(
          "user",
          host -> matches.addAll(network.order(host, network.order("user", SEGMENT, ROOT, 2))));
      network.world.runFor(Duration.ofSeconds(2));
      matches.clear();
      attack(network, 30, false);
      network.as(
          "stranger", host -> assertEquals(ROOT, roots(network.locate(host, SEGMENT)).getFirst()));
    }
  }

  @Test
  void aListThatRepeatsASegmentIsServed() {
    try (IndexerWorld network = new IndexerWorld(5)) {
      miners(network, COPIES);
      network.peer("user");
      attack(network, 0, true);
      network.as(
          "user",
          host -> {
            SegmentEntry entry = new SegmentEntry(SEGMENT, 1, ROOT);
            Opened once = open(network, host, TestNetwork.key("user"), List.of(entry));
            Opened twice = open(network, host, TestNetwork.key("user"), List.of(entry, entry));
            assertEquals(
                once.grants().getFirst().body().cap().multiply(BigInteger.TWO),
                twice.grants().getFirst().body().cap());
          });
    }
  }

  private String nameOf(IndexerWorld network, Match match) {
    return fetched.keySet().stream()
        .filter(name -> network.host(name).id().equals(match.miner().peerId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStrangersReportKeepsNoCopyFromBeingMade() {
    try (IndexerWorld network = new IndexerWorld(6)) {
      miners(network, COPIES);
      network.peer("user");
      network.peer("stranger");
      network.as(
          "user",
          host ->
              matches.addAll(network.order(host, network.order("user", SEGMENT, ROOT, COPIES))));
      Match third = matches.get(2);
      network.as(
          "stranger",
          host ->
              network.call(
                  host,
                  new IndexRequest.Report(third.contractId(), Trouble.NO_ANSWER, Bytes.EMPTY)));
      network.as("user", host -> network.stage(host, matches.getFirst()));
      network.world.runFor(Duration.ofSeconds(3));
      assertEquals(List.of(third.contractId()), fetched.get(nameOf(network, third)));
    }
  }

  @Test
  void aMinerThatDidNotAnswerIsTakenAgainOnlyWhereThereIsNobodyElse() {
    try (IndexerWorld network = new IndexerWorld(9)) {
      miners(network, 2);
      network.peer("user");
      TestOrder order = network.order("user", SEGMENT, ROOT, 2);
      network.as("user", host -> matches.addAll(network.order(host, order)));
      Match silentOne = matches.get(1);
      network.as(
          "user",
          host -> {
            network.call(
                host,
                new IndexRequest.Report(silentOne.contractId(), Trouble.NO_ANSWER, Bytes.EMPTY));
            List<Match> again = network.order(host, order);
            assertEquals(2, again.size());
            assertEquals(silentOne.miner(), again.get(1).miner());
            assertEquals(1, again.get(1).generation());
          });
    }
  }

  @Test
  void aCopyIsTriedAgainWhileOthersAreAcknowledgedAllTheTime() {
    try (IndexerWorld network = new IndexerWorld(7)) {
      miners(network, COPIES);
      network.peer("user");
      network.as(
          "user",
          host ->
              matches.addAll(network.order(host, network.order("user", SEGMENT, ROOT, COPIES))));
      Match third = matches.get(2);
      network.as(
          "user",
          host -> {
            network.stage(host, matches.getFirst());
            List<Match> busy =
                network.order(host, network.order("user", TestNetwork.hash("busy"), ROOT, 1));
            for (int i = 0; i < 150; i++) {
              network.stage(host, busy.getFirst());
              host.env().clock().sleep(Duration.ofMillis(100));
            }
          });
      assertTrue(fetched.getOrDefault(nameOf(network, third), List.of()).size() >= 2);
    }
  }

  @Test
  void aTakerThatDoesNotAnswerHoldsUpNobodyElse() {
    try (IndexerWorld network = new IndexerWorld(8)) {
      miners(network, 4);
      network.peer("user");
      silent.add("m0");
      int segments = 30;
      network.as(
          "user",
          host -> {
            for (int i = 0; i < segments; i++) {
              TestOrder order = network.order("user", TestNetwork.hash("s" + i), ROOT, COPIES);
              List<Match> copies = network.order(host, order);
              matches.addAll(copies);
              network.stage(host, copies.getFirst());
            }
          });
      network.world.runFor(Duration.ofSeconds(10));
      int others = 0;
      for (Match match : matches) {
        String taker = nameOf(network, match);
        if (match.copy() == 2 && !taker.equals("m0")) {
          others++;
          assertTrue(
              fetched.getOrDefault(taker, List.of()).contains(match.contractId()),
              "nobody told " + taker);
        }
      }
      assertNotEquals(0, others);
      assertNotEquals(segments, others);
    }
  }

  @Test
  void ordersAtOneTimeNeverTakeMoreThanAMinerHasFree() {
    try (IndexerWorld network = new IndexerWorld(10)) {
      int free = 3;
      network.miner("m0", free, _ -> {});
      List<String> users = List.of("u0", "u1", "u2", "u3", "u4", "u5");
      users.forEach(network::peer);
      int[] ended = {0};
      for (String user : users) {
        NodeHost host = network.host(user);
        TestOrder order = network.order(user, TestNetwork.hash("segment of " + user), ROOT, 1);
        network.world.after(
            Duration.ZERO,
            () ->
                host.tasks()
                    .serve(
                        "order",
                        () -> {
                          try {
                            matches.addAll(network.order(host, order));
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          } finally {
                            ended[0]++;
                          }
                        }));
      }
      network.world.expect(
          RunEnd.DONE,
          network.world.runUntil(
              () -> ended[0] == users.size(), network.world.now().plus(Duration.ofMinutes(1))));
      assertEquals(free, matches.size());
    }
  }

  @Test
  void aCopyThatItsMinerLostIsMatchedWithTheNextGeneration() {
    try (IndexerWorld network = new IndexerWorld(11)) {
      miners(network, 2);
      network.peer("user");
      TestOrder order = network.order("user", SEGMENT, ROOT, 1);
      network.as("user", host -> matches.addAll(network.order(host, order)));
      Match lost = matches.getFirst();
      network.as("user", host -> network.stage(host, lost));
      network.as(
          nameOf(network, lost),
          host ->
              network.call(
                  host, new IndexRequest.Report(lost.contractId(), Trouble.LOST, Bytes.EMPTY)));
      network.as(
          "user",
          host -> {
            assertEquals(ContractState.FAILED, network.standing(host, lost.contractId()).state());
            Match next = network.order(host, order).getFirst();
            assertEquals(1, next.generation());
            assertNotEquals(lost.miner(), next.miner());
            assertEquals(next, network.order(host, order).getFirst());
          });
    }
  }

  @Test
  void anOrderThatARequestNamesThreeTimesIsMatchedOnce() {
    try (IndexerWorld network = new IndexerWorld(12)) {
      miners(network, 3);
      network.peer("user");
      network.as(
          "user",
          host -> {
            IndexRequest.Order one = network.order("user", SEGMENT, ROOT, 1).request();
            PathedOrder order = one.orders().getFirst();
            List<Match> found =
                network.order(
                    host,
                    new IndexRequest.Order(
                        one.batch(),
                        List.of(order, order, order),
                        one.rootSignature(),
                        one.near()));
            assertEquals(3, found.size());
            assertEquals(1, Set.copyOf(found).size());
          });
    }
  }
}
