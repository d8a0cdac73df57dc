package io.ppio.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.data.hash.Fields;
import io.ppio.data.hash.Hash;
import io.ppio.data.merkle.SegmentTree;
import io.ppio.data.merkle.Tile;
import io.ppio.data.merkle.TileHasher;
import io.ppio.data.object.Descriptor;
import io.ppio.data.object.Identifiers;
import io.ppio.data.object.KeyWrap;
import io.ppio.data.object.ObjectCipher;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.ObjectLayout;
import io.ppio.data.object.SegmentHasher;
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

/// Known answers of the data and proofs specification, section 9.1; numbers are its rows.
class DataVectorTest {
  private static final int LENGTH = 200_000;
  private final ObjectKey key = objectKey();
  private final byte[] ciphertext = ciphertext();

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Hash h(String text) {
    return Hash.sha256(ascii(text));
  }

  private static ObjectKey objectKey() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return new ObjectKey(bytes);
  }

  private byte[] ciphertext() {
    byte[] padded = new byte[2 * Tile.SIZE];
    for (int i = 0; i < LENGTH; i++) {
      padded[i] = (byte) (i % 251);
    }
    new ObjectCipher(key).apply(0, 0, padded, 0, LENGTH);
    return padded;
  }

  private SegmentHasher hashed() {
    SegmentHasher hasher = new SegmentHasher();
    hasher.add(ciphertext, 0, Tile.SIZE);
    hasher.add(ciphertext, Tile.SIZE, LENGTH - Tile.SIZE);
    return hasher;
  }

  private ReplicaId replica(SealProfile profile) {
    return ReplicaId.of(
        new ReplicaId.Binding(
            0x5050494f,
            h("miner-1"),
            h("contract-1"),
            hashed().tree().root(),
            2,
            0,
            profile,
            100,
            h("beacon-100"),
            Hash.ZERO));
  }

  @Test
  void rows1To4HashesAndRootsOfZeros() {
    assertEquals(
        "ed8ef9560dc8cc9da217ca44c57dc8d5883e90d7528659126ba65a47be8ccd91",
        Hash.tagged("ppio/test", ascii("abc")).hex());
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
  void rows7To12CommitmentCiphertextAndRoots() {
    assertEquals(
        "8ae95fcae230c77a0f54c05bbda835f8faf7c5edb59a71c7ebbd82d148238ab2", key.commitment().hex());
    assertEquals("6e886cda145d1fcd9a44d143ce80919b", Bytes.of(ciphertext, 0, 16).hex());
    SegmentHasher hasher = hashed();
    Hash chunk = hasher.chunkHash();
    assertEquals("1568965c543835a86a269330f52dc9552f2c6b5db237dcb756d27b8cf37db205", chunk.hex());
    Hash object = Identifiers.object(List.of(chunk));
    assertEquals(chunk, object);
    assertEquals(
        "de32430fcc7940d1a1a26b06753051dfa8b7b4969ed3a3ce687236b9bff7ca3f",
        Identifiers.segment(object, chunk, 0).hex());
    assertEquals(
        List.of(
            Hash.fromHex("1cc05076566d56f0c805c5a298c3400c2ad827cb418cdf75c0b034b8f97276e2"),
            Hash.fromHex("472e3d28c82314eeb95ed935403d03be8fa00e3998adcf1874bfc4bb084180e9")),
        hasher.tree().tileRoots());
    assertEquals(
        "fb27818470e9d562bc5e16c3afebb4ba699231924a11f0382020db7eb416e0a9",
        hasher.tree().root().hex());
  }

  @Test
  void row13DescriptorMac() throws Exception {
    SegmentHasher hasher = hashed();
    Descriptor descriptor =
        new Descriptor(
            1,
            LENGTH,
            5,
            2,
            key.commitment(),
            h("nonce-1"),
            List.of(new Descriptor.Segment(hasher.chunkHash(), 2, hasher.tree().root())));
    Bytes encoded = descriptor.encode(key);
    assertEquals(156 + 32, encoded.size());
    assertEquals(
        "649e0b34266840d17df77fd2a8ed34cb3f06635c0395b1454eee6153cbbca05d",
        encoded.slice(156, 188).hex());
    assertEquals(descriptor, Descriptor.decode(encoded, key));
  }

  @Test
  void rows15And16WrappedKeys() {
    KeyWrap user = KeyWrap.user(h("user-priv").toArray(), h("user-1").bytes());
    Bytes inner = user.wrap(key.bytes());
    assertEquals(
        "c1b895915215bcaf13fb05f1acb86da5a131458982e84cdd1d257636724891b46b65b341c05cca39",
        inner.hex());
    KeyWrap app = KeyWrap.app(h("app-secret").toArray(), h("app-1").bytes());
    assertEquals(
        "0a4582e9d2ae27ab56a9017729ac23a6b604992bccb713c6b1413fa0cc24cf58520711541e4cdf30d76f580941e41dfd",
        app.wrap(inner).hex());
    assertEquals(key.bytes(), user.unwrap(app.unwrap(app.wrap(inner)).orElseThrow()).orElseThrow());
    assertEquals(java.util.Optional.empty(), app.unwrap(inner));
  }

  @Test
  void rows21And31ReplicaIdsAndTheSealedRoot() throws IOException {
    assertEquals(
        "4996fa555d4f1fdf7e875d7b9ed6aa6a941658343a93140385f397548359c5e3",
        replica(SealProfile.STANDARD).hash().hex());
    ReplicaId rid = replica(SealProfile.FAST);
    assertEquals(
        "1fe1c28faf95ed24a2bb1d49839cac705d9539a09b49f9d637ed94665e2857dd", rid.hash().hex());
    List<Hash> roots = new ArrayList<>();
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
  void row26InitialVectorOfALayer() {
    assertEquals(
        "6abab2c003acb08e79f47d969f5662f9c184dab2e5716b68a64749b7245f3449",
        Hash.tagged(
                "ppio/seal/iv",
                new Fields().hash(replica(SealProfile.STANDARD).hash()).u32(0).u8(1))
            .hex());
  }

  @Test
  void row30SealCommitment() {
    assertEquals(
        "13280f38780986811d941aa58982155b92d918699c6c4f517d8276f2d0498b18",
        replica(SealProfile.STANDARD)
            .commitment(
                SealProfile.STANDARD,
                List.of(
                    Hash.fromHex(
                        "c9889b0482ec247c7dde56f27b8a517afb8525d362c6a20bad80fa8979891182"),
                    Hash.fromHex(
                        "7491abc21c23baa6cbb1a506145915fc80794df7ab2b1d214edba85589bfaf21")))
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
