package io.ppio.incentive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.Statement;
import io.ppio.incentive.fixtures.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderBatchTest {
  private static List<SegmentOrder> orders(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Samples(i).order()).toList();
  }

  @Test
  void everyOrderProvesItsPlaceInEveryBatch() {
    for (int count = 1; count <= 20; count++) {
      OrderBatch batch = OrderBatch.sign(orders(count), Samples.USER);
      for (PathedOrder pathed : batch.pathed()) {
        assertTrue(OrderBatch.isSigned(pathed, batch.signature()));
      }
    }
  }

  @Test
  void anOrderOfAnotherBatchHasNoPlace() {
    OrderBatch batch = OrderBatch.sign(orders(5), Samples.USER);
    PathedOrder foreign = new PathedOrder(new Samples(99).order(), batch.pathed().get(2).path());
    assertFalse(OrderBatch.isSigned(foreign, batch.signature()));
  }

  @Test
  void pathsOfAnotherPlaceOrLengthFail() {
    OrderBatch batch = OrderBatch.sign(orders(5), Samples.USER);
    PathedOrder right = batch.pathed().get(2);
    OrderPath path = right.path();
    var moved = new OrderPath(1, path.count(), path.path());
    var shorter = new OrderPath(2, 5, path.path().subList(0, 1));
    var other = new OrderPath(2, 4, path.path());
    for (OrderPath wrong : List.of(moved, shorter, other)) {
      assertFalse(OrderBatch.isSigned(new PathedOrder(right.order(), wrong), batch.signature()));
    }
  }

  @Test
  void onlyTheUserThatAnOrderNamesCanSignIt() {
    OrderBatch forged = OrderBatch.sign(orders(3), Samples.MINER);
    assertFalse(OrderBatch.isSigned(forged.pathed().getFirst(), forged.signature()));
  }

  @Test
  void aMatchHoldsUnderTheSignatureOfItsIndexerOnly() {
    OrderBatch batch = OrderBatch.sign(orders(3), Samples.USER);
    var match =
        Statement.sign(
            new Match(batch.pathed().get(1), batch.signature(), 0, 0, Samples.MINER.publicKey(), 7),
            Samples.INDEXER);
    assertTrue(match.body().isOrdered());
    assertTrue(match.isBy(Samples.INDEXER.publicKey()));
    assertFalse(match.isBy(Samples.MINER.publicKey()));
    assertFalse(match.isBy(Samples.VERIFIER.account()));
  }

  @Test
  void contractsAreNamedByOrderCopyGenerationAndMiner() {
    Hash order = new Samples(1).order().hash();
    Hash id = Match.contractId(order, 0, 0, Samples.MINER.account());
    assertEquals(id, Match.contractId(order, 0, 0, Samples.MINER.account()));
    assertNotEquals(id, Match.contractId(order, 1, 0, Samples.MINER.account()));
    assertNotEquals(id, Match.contractId(order, 0, 1, Samples.MINER.account()));
    assertNotEquals(id, Match.contractId(order, 0, 0, Samples.USER.account()));
  }
}
