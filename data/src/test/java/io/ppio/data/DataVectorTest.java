package io.ppio.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.fixtures.KnownObject;
import io.ppio.data.object.Identifiers;
import io.ppio.data.object.ObjectLayout;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Known answers of the data and proofs specification, section 9.1; numbers are its rows. Rows 5, 6
/// and 14 to 16 are in `object`, row 26 in `seal`.
class DataVectorTest {
  private final KnownObject object = new KnownObject();

  @Test
  void rows1To4HashesAndRootsOfZeros() {
    assertEquals(
        "ed8ef9560dc8cc9da217ca44c57dc8d5883e90d7528659126ba65a47be8ccd91",
        Hash.tagged("ppio/test", "abc".getBytes(StandardCharsets.US_ASCII)).hex());
    byte[] zeros = new byte[Tile.SIZE];
    TileHasher hasher = new TileHasher();
    assertEquals(
        "c55b90509b8cb9bac53fbdddfc93d4e572685c509f1218423c43a5d6013bbd48",
        hasher.leaf(zeros, 0).hex());
    Hash tile = hasher.root(zeros, 0);
    assertEquals("91cabb24291d9360ee20a4f58ced162af783c8e3517290ceefcc8e2a922b3dff", tile.hex());
    assertEquals(
        "05211e9120ff1a843b53f2c5a4fc12df5e4aab5860e2a61861abc0f4c3b0f683",
        new SegmentTree(List.of(tile, tile, tile)).root().hex());
  }

  @Test
  void rows8To12CiphertextIdentifiersAndRoots() {
    assertEquals("6e886cda145d1fcd9a44d143ce80919b", Bytes.of(object.stored(), 0, 16).hex());
    Hash chunk = object.chunkHash();
    assertEquals("1568965c543835a86a269330f52dc9552f2c6b5db237dcb756d27b8cf37db205", chunk.hex());
    Hash name = Identifiers.object(List.of(chunk));
    assertEquals(chunk, name);
    assertEquals(
        "de32430fcc7940d1a1a26b06753051dfa8b7b4969ed3a3ce687236b9bff7ca3f",
        Identifiers.segment(name, chunk, 0).hex());
    assertEquals(
        List.of(
            HexHash.of("1cc05076566d56f0c805c5a298c3400c2ad827cb418cdf75c0b034b8f97276e2"),
            HexHash.of("472e3d28c82314eeb95ed935403d03be8fa00e3998adcf1874bfc4bb084180e9")),
        object.tree().tileRoots());
    assertEquals(
        "fb27818470e9d562bc5e16c3afebb4ba699231924a11f0382020db7eb416e0a9",
        object.tree().root().hex());
  }

  @Test
  void rows21And31ReplicaIdsAndTheSealedRoot() throws IOException {
    assertEquals(
        "4996fa555d4f1fdf7e875d7b9ed6aa6a941658343a93140385f397548359c5e3",
        object.replica(SealProfile.STANDARD).hash().hex());
    ReplicaId rid = object.replica(SealProfile.FAST);
    assertEquals(
        "1fe1c28faf95ed24a2bb1d49839cac705d9539a09b49f9d637ed94665e2857dd", rid.hash().hex());
    List<Hash> roots = new ArrayList<>();
    byte[] ciphertext = object.stored();
    byte[] sealed = new byte[2 * Tile.SIZE];
    new AesLayered()
        .seal(
            rid,
            2,
            (tile, into) -> System.arraycopy(ciphertext, tile * Tile.SIZE, into, 0, Tile.SIZE),
            (tile, from) -> {
              System.arraycopy(from, 0, sealed, tile * Tile.SIZE, Tile.SIZE);
              roots.add(new TileHasher().root(from, 0));
            });
    assertEquals(
        "69340853831cd2f3132e94d6deb8802dda294fd57eec0f00e288cfc091c1b4ae",
        new SegmentTree(roots).root().hex());
    byte[] plain = new byte[Tile.SIZE];
    new AesLayered()
        .unsealTile(
            rid,
            2,
            1,
            (tile, into) -> System.arraycopy(sealed, tile * Tile.SIZE, into, 0, Tile.SIZE),
            plain);
    assertArrayEquals(Arrays.copyOfRange(ciphertext, Tile.SIZE, 2 * Tile.SIZE), plain);
  }

  @Test
  void row30SealCommitment() {
    assertEquals(
        "13280f38780986811d941aa58982155b92d918699c6c4f517d8276f2d0498b18",
        object
            .replica(SealProfile.STANDARD)
            .commitment(
                SealProfile.STANDARD,
                List.of(
                    HexHash.of("c9889b0482ec247c7dde56f27b8a517afb8525d362c6a20bad80fa8979891182"),
                    HexHash.of("7491abc21c23baa6cbb1a506145915fc80794df7ab2b1d214edba85589bfaf21")))
            .hex());
  }

  @Test
  void segmentsOfTheSpecifiedLengths() {
    long[][] table = {
      {1, 1, 1, 1},
      {131_072, 1, 131_072, 1},
      {200_000, 1, 200_000, 2},
      {16_777_217, 2, 1, 1},
      {100_081_904, 6, 16_195_824, 124}
    };
    for (long[] row : table) {
      ObjectLayout layout = new ObjectLayout(row[0], ObjectLayout.SEGMENT);
      int last = layout.segments() - 1;
      assertArrayEquals(
          row, new long[] {layout.length(), last + 1, layout.size(last), layout.tiles(last)});
    }
  }
}
