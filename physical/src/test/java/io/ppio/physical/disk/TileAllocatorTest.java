package io.ppio.physical.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.physical.disk.TileAllocator.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What is preferred over what, and that no tile is ever given out twice.
class TileAllocatorTest {
  private static final List<Kind> KINDS = List.of(Kind.values());

  private static TileAllocator allEmpty(int tiles) {
    TileAllocator allocator = new TileAllocator(tiles);
    allocator.release(new Extent(0, tiles), Kind.EMPTY);
    return allocator;
  }

  @Test
  void fillsTheLowestTilesFirst() {
    TileAllocator allocator = allEmpty(100);
    assertEquals(Optional.of(List.of(new Extent(0, 30))), allocator.allocate(30));
    assertEquals(Optional.of(List.of(new Extent(30, 30))), allocator.allocate(30));
    assertEquals(40, allocator.free(Kind.EMPTY));
  }

  @Test
  void takesFreedTilesBeforeEmptyOnesAndThoseBeforeLabels() {
    TileAllocator allocator = new TileAllocator(30);
    allocator.release(new Extent(0, 10), Kind.LABEL);
    allocator.release(new Extent(10, 10), Kind.EMPTY);
    allocator.release(new Extent(20, 10), Kind.FREED);
    assertEquals(Optional.of(List.of(new Extent(20, 8))), allocator.allocate(8));
    assertEquals(Optional.of(List.of(new Extent(10, 2), new Extent(28, 2))), allocator.allocate(4));
    assertEquals(Optional.of(List.of(new Extent(0, 1), new Extent(12, 8))), allocator.allocate(9));
    assertEquals(9, allocator.free());
  }

  @Test
  void passesShortRunsForOneThatHoldsTheWhole() {
    TileAllocator allocator = new TileAllocator(100);
    allocator.release(new Extent(2, 3), Kind.EMPTY);
    allocator.release(new Extent(50, 4), Kind.EMPTY);
    assertEquals(Optional.of(List.of(new Extent(50, 4))), allocator.allocate(4));
  }

  @Test
  void takesTheLongestRunsWhereNoneHoldsTheWhole() {
    TileAllocator allocator = new TileAllocator(100);
    for (Extent run :
        List.of(new Extent(0, 1), new Extent(10, 5), new Extent(20, 2), new Extent(30, 4))) {
      allocator.release(run, Kind.EMPTY);
    }
    assertEquals(Optional.of(List.of(new Extent(10, 5), new Extent(30, 3))), allocator.allocate(8));
    assertEquals(4, allocator.free());
  }

  @Test
  void joinsNeighboursOfDifferentKinds() {
    TileAllocator allocator = new TileAllocator(4);
    allocator.release(new Extent(0, 2), Kind.FREED);
    allocator.release(new Extent(2, 2), Kind.EMPTY);
    assertEquals(Optional.of(List.of(new Extent(0, 3))), allocator.allocate(3));
  }

  @Test
  void givesNothingRatherThanAPart() {
    TileAllocator allocator = allEmpty(5);
    assertEquals(Optional.empty(), allocator.allocate(6));
    assertEquals(5, allocator.free());
  }

  @Test
  void refusesToFreeATileTwice() {
    TileAllocator allocator = allEmpty(5);
    assertThrows(
        IllegalStateException.class, () -> allocator.release(new Extent(4, 1), Kind.FREED));
    assertThrows(
        IllegalArgumentException.class, () -> allocator.release(new Extent(5, 1), Kind.FREED));
  }

  @Seeds(50)
  void givesEachTileToOneHolderAndLosesNone(RandomGenerator random) {
    int tiles = random.nextInt(1, 300);
    TileAllocator allocator = new TileAllocator(tiles);
    Kind[] kinds = new Kind[tiles];
    for (int tile = 0; tile < tiles; tile++) {
      kinds[tile] = KINDS.get(random.nextInt(3));
      allocator.release(new Extent(tile, 1), kinds[tile]);
    }
    boolean[] used = new boolean[tiles];
    List<List<Extent>> held = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      if (random.nextInt(5) < 3) {
        int count = random.nextInt(1, 40);
        Optional<List<Extent>> taken = allocator.allocate(count);
        assertEquals(free(used) >= count, taken.isPresent(), "given whenever there is room");
        taken.ifPresent(extents -> {
          take(used, kinds, extents, count);
          held.add(extents);
        });
      } else if (!held.isEmpty()) {
        Kind kind = KINDS.get(random.nextInt(3));
        for (Extent extent : held.remove(random.nextInt(held.size()))) {
          allocator.release(extent, kind);
          Arrays.fill(used, extent.start(), extent.end(), false);
          Arrays.fill(kinds, extent.start(), extent.end(), kind);
        }
      }
      assertEquals(free(used), allocator.free());
    }
  }

  private static int free(boolean[] used) {
    int free = 0;
    for (boolean one : used) {
      free += one ? 0 : 1;
    }
    return free;
  }

  /// Marks `extents` as used; they must be ascending, apart, free, `count` in all, and of no kind
  /// while a tile of a better one stays free.
  private static void take(boolean[] used, Kind[] kinds, List<Extent> extents, int count) {
    int total = 0;
    int last = -1;
    Kind worst = Kind.FREED;
    for (Extent extent : extents) {
      assertTrue(extent.start() > last, "ascending and apart: " + extents);
      last = extent.end();
      total += extent.count();
      for (int tile = extent.start(); tile < extent.end(); tile++) {
        assertTrue(!used[tile], "tile " + tile + " is given twice");
        used[tile] = true;
        worst = kinds[tile].compareTo(worst) > 0 ? kinds[tile] : worst;
      }
    }
    assertEquals(count, total);
    for (int tile = 0; tile < used.length; tile++) {
      assertTrue(used[tile] || kinds[tile].compareTo(worst) >= 0, "a better tile stays free");
    }
  }
}
