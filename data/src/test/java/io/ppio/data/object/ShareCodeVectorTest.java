package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.fixtures.KnownObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Both published share codes of the interface specification, section 3.5.
class ShareCodeVectorTest {
  static final List<Hash> SIX_CHUNKS =
      List.of(
          Hash.fromHex("9523c4f86776a39de984065828dc6a36be3af02fbf9f85ebb9e161121fb8a3fa"),
          Hash.fromHex("2d2887295d7d05a0a81030b0aa69e64d402e877ad1402d93ca38c6077c273e00"),
          Hash.fromHex("8a7cf6deef433604787d7842d82f442d129f6389bd76bd552ed2776f837ac706"),
          Hash.fromHex("28f8e65101350c1ffa599847ce85514859a8257f158e70ebdc4344cfb796e427"),
          Hash.fromHex("0b88635ba59172a65bb128a84cc62a6c9c93d3b5ffbbbd621e41df1e5ae16f00"),
          Hash.fromHex("fab3e84a06314d09dbcb214b9192e491726dcf4fea8dfea63be5144cac36d3f2"));

  private static final String SMALL =
      "poss://ewogICJrIjogIkFBRUNBd1FGQmdjSUNRb0xEQTBPRHhBUkVoTVVGUllYR0JrYUd4d2RIaDg9IiwKICAi"
          + "bmFtZSI6ICJhLnR4dCIsCiAgImxlbmd0aCI6IDMsCiAgImkiOiAie1xuICBcIm9iamVjdFwiOiBcIjRhNTU3"
          + "NzkyNmViNjk2OTQzY2U2OTRjYTUyZDU3YTYyNTg4YTM4Njc1MzVkYWRmMjNkMmFmYTI4NjNiNjdhMzZcIixc"
          + "biAgXCJsZW5ndGhcIjogMyxcbiAgXCJjaHVua3NcIjogW1xuICAgIFwiNGE1NTc3OTI2ZWI2OTY5NDNjZTY5"
          + "NGNhNTJkNTdhNjI1ODhhMzg2NzUzNWRhZGYyM2QyYWZhMjg2M2I2N2EzNlwiXG4gIF1cbn0iCn0=";

  @Test
  void codeOfThreeBytes() throws MalformedMessage {
    Hash chunk = Hash.fromHex("4a5577926eb696943ce694ca52d57a62588a3867535dadf23d2afa2863b67a36");
    ShareCode code =
        ShareCode.plain(WrapMode.USER, KnownObject.key(), "a.txt", 3, List.of(chunk)).orElseThrow();
    assertEquals(415, SMALL.length());
    assertEquals(SMALL, code.text());
    ShareCode read = ShareCode.parse(SMALL, ObjectLayout.SEGMENT);
    assertTrue(read.key().sameAs(KnownObject.key()));
    assertEquals("a.txt", read.name());
    assertEquals(3, read.length());
    assertEquals(List.of(chunk), read.chunks());
    assertEquals(chunk, read.object());
    assertEquals(SMALL, read.text());
  }

  @Test
  void codeOfTheCommandLineSample() throws MalformedMessage {
    byte[] key = Base64.getDecoder().decode("tompk6QFS+455WMUNeAI0Y64N+lrk2yGYUoYYmYAJEQ=");
    ShareCode code =
        ShareCode.plain(WrapMode.USER, new ObjectKey(key), "objkey", 100_081_904, SIX_CHUNKS)
            .orElseThrow();
    assertEquals(
        "c38fedecf82a3e3232f7986d10a0e75b6b08ab1fe598153219f1d69e35fb00a3",
        Hash.sha256(code.text().getBytes(StandardCharsets.US_ASCII)).hex());
    assertEquals(code.text(), ShareCode.parse(code.text(), ObjectLayout.SEGMENT).text());
  }
}
