package io.ppio.incentive.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.Region;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.contract.Tier;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rules of placement (C24 without steering), by example and over random worlds.
class MatcherTest {
  private static final MatchRequest.Placed NOTHING_PLACED = new MatchRequest.Placed(0, Map.of());
  private static final List<PublicKey> KEYS =
      IntStream.range(1, 25).mapToObj(MatcherTest::key).toList();
  private static final Hash BEACON = Hash.sha256(new byte[] {7});
  private static final long DAY = 86_400;

  private final Matcher matcher = new Matcher(MatchRules.standard(3_600));

  private static PublicKey key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    try (PrivateKey key = PrivateKey.of(secret)) {
      return key.publicKey();
    }
  }

  private static SegmentOrder order(int number, int copies, int tiles) {
    return order(number, copies, tiles, PlacementWish.ANY);
  }

  private static SegmentOrder order(int number, int copies, int tiles, PlacementWish wish) {
    Hash segment = Hash.sha256(ByteBuffer.allocate(4).putInt(number).array());
    return new SegmentOrder(
        Hash.ZERO,
        KEYS.getFirst().account(),
        number,
        Content.of(segment, tiles * 131_072L, segment),
        new Terms(copies, 0, 10 * DAY, BigInteger.valueOf(100), wish, DAY),
        new SegmentOrder.Sealing(1, Hash.ZERO),
        false);
  }

  private static Candidate miner(int i, long freeTiles) {
    return miner(i, Site.of(KEYS.get(i).account()), freeTiles, 100);
  }

  private static Candidate miner(int i, Site site, long freeTiles, long ask) {
    PublicKey key = KEYS.get(i);
    var price = BigInteger.valueOf(ask);
    var offer =
        new Offer(
            key.account(),
            1_000,
            1_000 * DAY,
            new Offer.Asks(price, price),
            365,
            Tier.SSD,
            10 << 20,
            new Offer.Acceptance(true, false));
    return new Candidate(key, site, offer, new Candidate.Standing(freeTiles, 0, 1), Region.ANY);
  }

  private static List<Candidate> miners(int count) {
    return IntStream.range(0, count).mapToObj(i -> miner(i, 1_000)).toList();
  }

  /// All copies of a fresh order.
  private static Wanted all(SegmentOrder order) {
    return new Wanted(order, order.terms().copies(), List.of());
  }

  private static List<Wanted> segments(int count, int copies) {
    return IntStream.range(0, count).mapToObj(i -> all(order(i, copies, 1))).toList();
  }

  private static MatchRequest request(List<Wanted> wanted) {
    return new MatchRequest(wanted, NOTHING_PLACED, List.of(), BEACON);
  }

  private static Map<Account, Integer> held(List<Placement> placements) {
    Map<Account, Integer> held = new HashMap<>();
    for (Placement placement : placements) {
      placement.miners().forEach(miner -> held.merge(miner.site().miner(), 1, Integer::sum));
    }
    return held;
  }

  private static int mostHeld(List<Placement> placements) {
    return Collections.max(held(placements).values());
  }

  @Test
  void copiesGoToDifferentMiners() {
    Placement placement = matcher.match(request(segments(1, 3)), miners(3)).getFirst();
    assertTrue(placement.isComplete());
    assertEquals(3, new HashSet<>(placement.miners()).size());
  }

  @Test
  void nobodyHoldsMoreThanHalfWhereMinersSuffice() {
    for (int segments = 2; segments <= 20; segments += 2) {
      List<Placement> placements = matcher.match(request(segments(segments, 3)), miners(6));
      assertTrue(placements.stream().allMatch(Placement::isComplete));
      assertEquals(segments / 2, mostHeld(placements));
    }
  }

  @Test
  void nobodyHoldsAllWhereMinersSufficeForThat() {
    for (int segments = 3; segments <= 20; segments++) {
      List<Placement> placements = matcher.match(request(segments(segments, 2)), miners(3));
      assertTrue(placements.stream().allMatch(Placement::isComplete));
      assertTrue(mostHeld(placements) < segments, "of " + segments);
    }
  }

  @Test
  void aSingleMinerTakesEverythingRatherThanNothing() {
    List<Placement> placements = matcher.match(request(segments(4, 1)), miners(1));
    assertTrue(placements.stream().allMatch(Placement::isComplete));
  }

  @Test
  void segmentsPlacedBeforeCountForTheShare() {
    Account first = KEYS.getFirst().account();
    var placed = new MatchRequest.Placed(1, Map.of(first, 1));
    var request = new MatchRequest(segments(1, 1), placed, List.of(), BEACON);
    for (int i = 0; i < 20; i++) {
      Placement placement = matcher.match(request, miners(2)).getFirst();
      assertEquals(KEYS.get(1), placement.miners().getFirst().key());
    }
  }

  @Test
  void saysWithNumbersWhyCopiesAreMissing() {
    var full = miner(0, 0);
    var dear = miner(1, Site.of(KEYS.get(1).account()), 10, 101);
    var good = miner(2, 10);
    Placement placement =
        matcher.match(request(segments(1, 3)), List.of(full, dear, good)).getFirst();
    assertEquals(List.of(good), placement.miners());
    assertEquals(
        "1 of 3 copies placed: of 2 other miners 1 asks more, 1 have no room",
        placement.shortfall());
    assertEquals(
        "0 of 1 copies placed: there is no other miner",
        matcher.match(request(segments(1, 1)), List.of()).getFirst().shortfall());
  }

  @Test
  void ownersAndNetworksOfHoldersAreAvoided() {
    Bytes prefix = Bytes.of(new byte[] {1, 2, 3});
    Account owner = KEYS.get(9).account();
    var a = miner(0, new Site(KEYS.get(0).account(), owner, prefix), 10, 100);
    var sameOwner = miner(1, new Site(KEYS.get(1).account(), owner, Bytes.EMPTY), 10, 100);
    var sameNetwork =
        miner(2, new Site(KEYS.get(2).account(), KEYS.get(2).account(), prefix), 10, 100);
    var wanted = new Wanted(order(0, 2, 1), 1, List.of(a.site()));
    Placement placement =
        matcher.match(request(List.of(wanted)), List.of(a, sameOwner, sameNetwork)).getFirst();
    assertEquals(Map.of(Rule.MINER, 1, Rule.PAYOUT, 1, Rule.PREFIX, 1), placement.refused());
  }

  @Test
  void neighboursComeFirstForMostCopies() {
    List<Account> near = List.of(KEYS.get(3).account(), KEYS.get(4).account());
    var request = new MatchRequest(segments(1, 3), NOTHING_PLACED, near, BEACON);
    List<Candidate> miners = matcher.match(request, miners(6)).getFirst().miners();
    assertEquals(KEYS.get(3), miners.get(0).key());
    assertEquals(KEYS.get(4), miners.get(1).key());
  }

  @Test
  void wishesAreKept() {
    var wish = new PlacementWish(Region.ANY, 0, List.of(KEYS.get(0).account()));
    var wanted = all(order(0, 2, 1, wish));
    Placement placement = matcher.match(request(List.of(wanted)), miners(2)).getFirst();
    assertEquals(Map.of(Rule.WISH, 1), placement.refused());
  }

  @Test
  void longContractsGoToMinersThatOfferThem() {
    var order = order(0, 1, 1);
    var terms =
        new Terms(
            1,
            0,
            366 * DAY,
            order.terms().chiprice(),
            PlacementWish.ANY,
            order.terms().validUntilSeconds());
    var tooLong =
        new SegmentOrder(
            Hash.ZERO, order.user(), 0, order.content(), terms, order.sealing(), false);
    assertEquals(
        Map.of(Rule.TERM, 2),
        matcher.match(request(List.of(all(tooLong))), miners(2)).getFirst().refused());
  }

  @Test
  void busyMinersAreUsedLast() {
    var idle = miner(0, 1_000);
    var offer = miner(1, 1_000);
    var busy =
        new Candidate(
            offer.key(),
            offer.site(),
            offer.offer(),
            new Candidate.Standing(1_000, 1_800_000, 1),
            Region.ANY);
    for (int i = 0; i < 20; i++) {
      var one = request(List.of(all(order(i, 1, 1))));
      assertEquals(idle, matcher.match(one, List.of(busy, idle)).getFirst().miners().getFirst());
    }
  }

  @Test
  void equalMinersAreDrawnByTheBeacon() {
    Map<Account, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      var one = request(List.of(all(order(i, 1, 1))));
      drawn.merge(
          matcher.match(one, miners(5)).getFirst().miners().getFirst().site().miner(),
          1,
          Integer::sum);
    }
    assertEquals(5, drawn.size());
    // 200 expected, three standard deviations are 38
    assertTrue(drawn.values().stream().allMatch(n -> n > 160 && n < 240), drawn::toString);
  }

  @Test
  void rulesHoldInRandomWorlds() {
    for (int seed = 0; seed < 10_000; seed++) {
      checkWorld(new Random(seed), seed);
    }
  }

  private void checkWorld(Random rng, int seed) {
    List<Candidate> candidates = new ArrayList<>();
    int count = 1 + rng.nextInt(12);
    for (int i = 0; i < count; i++) {
      Account own = KEYS.get(i).account();
      Account payout = rng.nextInt(6) == 0 ? KEYS.get(20).account() : own;
      Bytes prefix =
          rng.nextInt(3) == 0 ? Bytes.EMPTY : Bytes.of((byte) rng.nextInt(6), (byte) 0, (byte) 0);
      candidates.add(
          miner(i, new Site(own, payout, prefix), rng.nextInt(60), 90 + rng.nextInt(14)));
    }
    List<Wanted> wanted = new ArrayList<>();
    int segments = 1 + rng.nextInt(8);
    int copies = 1 + rng.nextInt(4);
    for (int i = 0; i < segments; i++) {
      wanted.add(all(order(seed * 10 + i, copies, 1 + rng.nextInt(8))));
    }
    MatchRequest request = request(wanted);
    List<Placement> placements = matcher.match(request, candidates);

    List<Candidate> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, rng);
    assertEquals(
        placements, matcher.match(request, shuffled), "depends on the order, seed " + seed);

    Map<Account, Integer> tiles = new HashMap<>();
    for (int i = 0; i < segments; i++) {
      checkSegment(wanted.get(i), placements.get(i), candidates.size());
      int size = wanted.get(i).order().content().tiles();
      placements.get(i).miners().forEach(c -> tiles.merge(c.site().miner(), size, Integer::sum));
    }
    for (Candidate candidate : candidates) {
      int used = tiles.getOrDefault(candidate.site().miner(), 0);
      assertTrue(used <= candidate.standing().freeTiles(), "space, seed " + seed);
    }
  }

  private static void checkSegment(Wanted wanted, Placement placement, int miners) {
    List<Candidate> picked = placement.miners();
    assertTrue(picked.size() <= wanted.copies());
    for (int a = 0; a < picked.size(); a++) {
      assertTrue(picked.get(a).offer().asks().storage().intValue() <= 100);
      for (int b = 0; b < a; b++) {
        assertTrue(picked.get(a).site().conflict(picked.get(b).site()).isEmpty());
      }
    }
    if (!placement.isComplete()) {
      int refused = placement.refused().values().stream().mapToInt(Integer::intValue).sum();
      assertEquals(miners, picked.size() + refused, "nobody was passed over");
      assertFalse(placement.refused().containsKey(Rule.SHARE), "shares give way");
    }
  }

  @Test
  void sharesHoldInRandomEvenWorlds() {
    Random rng = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      int miners = 1 + rng.nextInt(12);
      int copies = 1 + rng.nextInt(Math.min(4, miners));
      int segments = 2 + rng.nextInt(10);
      List<Placement> placements =
          matcher.match(request(segments(segments, copies)), miners(miners));
      assertTrue(placements.stream().allMatch(Placement::isComplete));
      int half = segments / 2;
      if (miners * half >= segments * copies) {
        assertTrue(mostHeld(placements) <= half);
      } else if (miners * (segments - 1) >= segments * copies) {
        assertTrue(mostHeld(placements) < segments);
      }
    }
  }
}
