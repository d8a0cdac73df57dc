package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Published objects and trees of the interface specification, section 3.4.
class IdentifiersVectorTest {
  private static final List<Hash> SIX_CHUNKS =
      List.of(
          HexHash.of("9523c4f86776a39de984065828dc6a36be3af02fbf9f85ebb9e161121fb8a3fa"),
          HexHash.of("2d2887295d7d05a0a81030b0aa69e64d402e877ad1402d93ca38c6077c273e00"),
          HexHash.of("8a7cf6deef433604787d7842d82f442d129f6389bd76bd552ed2776f837ac706"),
          HexHash.of("28f8e65101350c1ffa599847ce85514859a8257f158e70ebdc4344cfb796e427"),
          HexHash.of("0b88635ba59172a65bb128a84cc62a6c9c93d3b5ffbbbd621e41df1e5ae16f00"),
          HexHash.of("fab3e84a06314d09dbcb214b9192e491726dcf4fea8dfea63be5144cac36d3f2"));

  private static final Hash A =
      HexHash.of("c9b351ca25f45d9a1d3830f16d987eeeb90668466768a03a38dc592fca9937ec");
  private static final Hash B =
      HexHash.of("72bddba68e17c5ee3fef4f2dc8fa3489c1416abf826e73fdbf7f54c2d4f41172");
  private static final Hash C =
      HexHash.of("4a5577926eb696943ce694ca52d57a62588a3867535dadf23d2afa2863b67a36");

  @Test
  void chunkHashOfThreeBytes() {
    assertEquals(C, Hash.sha256(HexFormat.of().parseHex("ba30c4")));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, 30e1867424e66e8b6d159246db94e3486778136f7e386ff5f001859d6b8484ab",
    "3, 14bc1c3c7384c745e397724630fd9d71de07e46b6a78b758ec1c5d62707f65a6",
    "5, a9647d388c63981d39bd4d1051765ad786a2f2f8fe2c8bc584c1f107f5ef2618",
  })
  void treesOverTheHashesOfSingleBytes(int leaves, String root) {
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < leaves; i++) {
      hashes.add(Hash.sha256(new byte[] {(byte) i}));
    }
    assertEquals(root, Identifiers.object(hashes).hex());
  }

  @Test
  void publishedObjects() {
    assertEquals(
        "4fc9ea842080ff0e224de53e65537d64abc22bbe4d50c565435eb0a42c270d30",
        Identifiers.object(SIX_CHUNKS).hex());
    assertEquals(
        "e949a1cc67c268d7e5294183b9a57b63bc00a0cc8a22909e83d2aac181a4a9d6",
        Identifiers.object(List.of(A, B, C)).hex());
    assertEquals(
        "c7e5a790b4d232c5bb7ff5f4618a2a0d1ebf7a96acd08f57564baa471e5671cd",
        Identifiers.object(List.of(A, B)).hex());
    assertEquals(C, Identifiers.object(List.of(C)));
  }

  @Test
  void segmentIdsOfTheObjectOfTwoChunksAndThreeBytes() {
    Hash object = Identifiers.object(List.of(A, B, C));
    assertEquals(
        List.of(
            "f6cb55447cbff363854cab3d3bada54953143bb7269fd6380c2558a75428bda0",
            "56e60eeaf1744b4c1f2344ae26b07e958800ef12a4c9c1ba579c3bb240690e8f",
            "4b5053da3189dc72a60ab4232a13d76f187227a12cbbd2e749c8f9785f05eb2d"),
        List.of(
            Identifiers.segment(object, A, 0).hex(),
            Identifiers.segment(object, B, 1).hex(),
            Identifiers.segment(object, C, 2).hex()));
  }
}
