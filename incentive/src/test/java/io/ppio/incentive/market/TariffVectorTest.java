package io.ppio.incentive.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The published figures: interface specification 7.2, incentive specification 3.3.
class TariffVectorTest {
  private static final Tariff TARIFF = new Tariff(16 << 20, 3_600);

  private static Term hours(long hours) {
    return new Term(1_547_646_005L, 1_547_646_005L + hours * 3_600);
  }

  @ParameterizedTest
  @CsvSource({
    "871, 1547646005, 1576108800, 100, 790700",
    "16777216, 1547797317, 1576108800, 100, 100672000",
    "16195824, 1547797317, 1576108800, 100, 97526000",
  })
  void fundsOfContracts(long size, long begin, long expire, long price, String funds) {
    assertEquals(
        new BigInteger(funds),
        TARIFF.contractFunds(size, new Term(begin, expire), BigInteger.valueOf(price)));
  }

  @ParameterizedTest
  @CsvSource({
    "123456789, 5, 7890, 37161900, 400",
    "12345678, 5, 7860, 3733500, 50",
    "1024, 1, 0, 24, 10",
    "1, 2, 24, 48, 20",
    "131073, 5, 24, 240, 50",
    "16777216, 5, 8760, 5606400, 50",
    "16777217, 5, 8760, 5650200, 100",
    "10737418240, 10, 8760, 7176192000, 64000",
    "0, 5, 24, 0, 0",
  })
  void fundsOfPuts(long size, int copies, long hours, String miner, String service) {
    assertEquals(
        new ChiFunds(new BigInteger(miner), new BigInteger(service)),
        TARIFF.put(size, copies, hours(hours)));
  }

  @ParameterizedTest
  @CsvSource({
    "123456789, 9420, 80",
    "12345678, 950, 10",
    "1024, 10, 10",
    "10737418240, 819200, 6400",
    "0, 0, 0",
  })
  void fundsOfGets(long size, String miner, String service) {
    assertEquals(
        new ChiFunds(new BigInteger(miner), new BigInteger(service)),
        Tariff.get(TARIFF.units(size), TARIFF.segments(size)));
  }

  @Test
  void storageOfTwoMinutesIsChargedAsADay() {
    assertEquals(24, TARIFF.hours(new Term(0, 120)));
  }

  @Test
  void refundOfTheApiExampleInTheFirstHour() {
    var term = new Term(1_547_646_005L, 1_576_108_800L);
    BigInteger each = TARIFF.refund(871, term, term.beginSeconds() + 3_599, BigInteger.ZERO);
    assertEquals(BigInteger.valueOf(15_814), each.multiply(BigInteger.TWO));
  }

  @Test
  void refundOfTheCliExampleInTheFirstHour() {
    var term = new Term(1_547_797_317L, 1_576_108_800L);
    BigInteger sum = BigInteger.ZERO;
    for (long left = 100_081_904L; left > 0; left -= 16 << 20) {
      long size = Math.min(left, 16 << 20);
      sum = sum.add(TARIFF.refund(size, term, term.beginSeconds(), BigInteger.ZERO));
    }
    assertEquals(BigInteger.valueOf(6_008_860), sum);
  }

  @Test
  void refundAfterAThousandHours() {
    BigInteger chi =
        TARIFF.refund(16 << 20, new Term(0, 7_865L * 3_600), 3_601_800, BigInteger.ZERO);
    assertEquals(BigInteger.valueOf(878_720), chi);
    assertEquals(BigInteger.valueOf(87_872_000), chi.multiply(BigInteger.valueOf(100)));
  }

  @Test
  void refundNeverFallsBelowWhatWasNotEarned() {
    assertEquals(
        BigInteger.TWO, TARIFF.refund(1, new Term(0, 86_400), 100 * 86_400, BigInteger.TWO));
  }

  @Test
  void segmentsAddUpToTheWholeObject() {
    Random rng = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long size = rng.nextLong(1, Tariff.OBJECT_MAX_BYTES + 1);
      long whole = size / TARIFF.segmentBytes();
      long units =
          whole * TARIFF.units(TARIFF.segmentBytes()) + TARIFF.units(size % TARIFF.segmentBytes());
      assertEquals(TARIFF.units(size), units);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "131072, 1",
    "131073, 2",
    "16777216, 128",
    "16777217, 129",
  })
  void unitsAtTheirBoundaries(long size, long units) {
    assertEquals(units, TARIFF.units(size));
  }

  @Test
  void hoursAtTheirBoundaries() {
    assertEquals(25, TARIFF.hours(new Term(0, 25 * 3_600)));
    assertEquals(26, TARIFF.hours(new Term(0, 25 * 3_600 + 1)));
  }

  @Test
  void aWindowOfEightPiecesAtOneHundredWei() {
    assertEquals(BigInteger.valueOf(8_000), Tariff.pieces(8, BigInteger.valueOf(100)));
  }

  @Test
  void hoursScaleWithTheBillingHour() {
    var second = new Tariff(4 * Tariff.UNIT_BYTES, 1);
    assertEquals(100, second.hours(new Term(0, 100)));
  }
}
