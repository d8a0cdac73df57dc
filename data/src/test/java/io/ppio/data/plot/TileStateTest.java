package io.ppio.data.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table in [TileState], row by row.
class TileStateTest {
  @Test
  void onlyTheTransitionsOfTheTableAreAllowed() {
    List<String> allowed = new ArrayList<>();
    for (TileState from : TileState.values()) {
      for (TileState to : TileState.values()) {
        if (from.mayBecome(to)) {
          allowed.add(from + ">" + to);
        }
      }
    }
    assertEquals(
        List.of(
            "EMPTY>LABEL",
            "EMPTY>RESERVED",
            "EMPTY>BAD",
            "LABEL>RESERVED",
            "LABEL>FREED",
            "LABEL>BAD",
            "RESERVED>DATA",
            "RESERVED>FREED",
            "RESERVED>BAD",
            "DATA>FREED",
            "DATA>BAD",
            "FREED>LABEL",
            "FREED>RESERVED",
            "FREED>BAD",
            "BAD>BAD"),
        allowed);
  }

  @Test
  void codesAreStable() throws MalformedMessage {
    assertEquals(TileState.EMPTY, TileState.of(0));
    assertEquals(TileState.LABEL, TileState.of(1));
    assertEquals(TileState.RESERVED, TileState.of(2));
    assertEquals(TileState.DATA, TileState.of(3));
    assertEquals(TileState.FREED, TileState.of(4));
    assertEquals(TileState.BAD, TileState.of(5));
    assertThrows(MalformedMessage.class, () -> TileState.of(6));
  }
}
