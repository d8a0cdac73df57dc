package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.StoreBatch;
import io.ppio.env.StoreBatch.Change.Delete;
import io.ppio.env.StoreBatch.Change.Put;
import io.ppio.env.StoreBatch.Expectation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreBatchTest {
  private static final Bytes KEY = Bytes.fromHex("01");
  private static final Bytes VALUE = Bytes.fromHex("02");

  @Test
  void changesAndExpectationsKeepTheirOrder() {
    StoreBatch batch =
        new StoreBatch().put(KEY, VALUE).delete(KEY).expect(KEY, VALUE).expectAbsent(VALUE);
    assertEquals(List.of(new Put(KEY, VALUE), new Delete(KEY)), batch.changes());
    assertEquals(
        List.of(new Expectation(KEY, Optional.of(VALUE)), new Expectation(VALUE, Optional.empty())),
        batch.expectations());
    assertFalse(batch.isEmpty());
    assertThrows(UnsupportedOperationException.class, () -> batch.changes().clear());
  }

  @Test
  void expectationsAloneChangeNothing() {
    assertTrue(new StoreBatch().expectAbsent(KEY).isEmpty());
  }
}
