package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Damage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.fixtures.KnownObject;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What readers of share codes accept and refuse (interface specification 3.5).
class ShareCodeTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String HASH = Hash.sha256(new byte[] {1}).hex();

  private static ShareCode parse(String json) throws MalformedMessage {
    return ShareCode.parse(
        "poss://" + Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)),
        ObjectLayout.SEGMENT);
  }

  private static String sound() {
    return ("{'k':'"
            + KEY
            + "','name':'dir/a','length':5,'i':"
            + "'{!object!:!HASH!,!length!:5,!chunks!:[!HASH!]}'}")
        .replace("HASH", HASH)
        .replace("!", "\\\"")
        .replace("'", "\"");
  }

  private static ShareCode known(String name) {
    return ShareCode.issue(WrapMode.USER, KnownObject.key(), name, new KnownObject().descriptor())
        .orElseThrow();
  }

  @Test
  void otherWhiteSpaceUnknownMembersAndMissingPaddingAreAccepted() throws MalformedMessage {
    ShareCode code = parse(sound());
    assertEquals("dir/a", code.name());
    assertEquals("a", code.fileName());
    assertEquals(5, code.length());
    assertEquals(Optional.empty(), code.descriptor());
    assertEquals(5, parse(sound().replace("{\"k\"", "\n{ \"v\" : 9 , \"x\":[{}],\"k\"")).length());
    String text = code.text();
    assertEquals(
        text, ShareCode.parse("\t\n" + text.replace("=", "") + " \r\n", 16_777_216).text());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"k\":\"A`, `\"k\":\"`",
        "`\"k\"`, `\"q\"`",
        "`\"k\":\"`, `\"k\":\"AAAA`",
        "`\"k\":\"A`, `\"k\":\"*`",
        "`dir/a`, ``",
        "`\"length\":5`, `\"length\":6`",
        "`\"length\":5`, `\"length\":\"5\"`",
        "`\"length\":5`, `\"length\":5.0`",
        "`\"length\":5`, `\"length\":-5`",
        "`\"length\":5`, `\"length\":99999999999999999999`",
        "`:5`, `:0`",
        "`5,\\\"`, `16777217,\\\"`",
        "`]}`, `,7]}`",
        "`}\"}`, `}\"} {}`",
        "`}\"}`, `}\",\"k\":\"\"}`",
        "`\"i\"`, `\"j\"`",
        "`[`, `{`",
        "`chunks`, `chunk`",
      })
  void codesThatContradictThemselvesAreRefused(String sound, String broken) {
    assertTrue(sound().contains(sound), "the change must hit");
    MalformedMessage refusal =
        assertThrows(MalformedMessage.class, () -> parse(sound().replace(sound, broken)));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("sharecode: "));
    assertFalse(String.valueOf(refusal.getMessage()).contains(KEY.substring(4, 12)));
  }

  @Test
  void anObjectHashThatIsNotOfTheChunksIsRefused() {
    String other = sound().replaceFirst(HASH, Hash.ZERO.hex());
    assertThrows(MalformedMessage.class, () -> parse(other));
  }

  @Test
  void otherSchemesAreRefused() {
    String text = known("a").text();
    for (String wrong :
        List.of("", "poss:/", text.substring(1), "POSS" + text.substring(4), text + "*")) {
      assertThrows(
          MalformedMessage.class, () -> ShareCode.parse(wrong, ObjectLayout.SEGMENT), wrong);
    }
    String long_ = "poss://" + "A".repeat(ShareCode.TEXT_MAX);
    assertThrows(MalformedMessage.class, () -> ShareCode.parse(long_, ObjectLayout.SEGMENT));
  }

  @Test
  void theDescriptorTravelsAndIsCheckedAgainstKeyAndObject() throws MalformedMessage {
    ShareCode read = ShareCode.parse(known("a").text(), ObjectLayout.SEGMENT);
    assertEquals(Optional.of(new KnownObject().descriptor()), read.descriptor());
    Bytes d = new KnownObject().descriptor().encode(KnownObject.key());
    ShareCode ofOtherObject =
        new ShareCode(
            KnownObject.key(), "a", KnownObject.LENGTH, List.of(Hash.ZERO), Optional.of(d));
    assertThrows(MalformedMessage.class, ofOtherObject::descriptor);
    ShareCode ofOtherKey =
        new ShareCode(
            new ObjectKey(new byte[32]), "a", KnownObject.LENGTH, read.chunks(), Optional.of(d));
    assertThrows(MalformedMessage.class, ofOtherKey::descriptor);
  }

  @Test
  void namesOfAnyTextSurvive() throws MalformedMessage {
    String name = "a \"quoted\\\" \n\u0001 <&> \u00e9\u4e2d\ud83d\ude00/x";
    assertEquals(name, ShareCode.parse(known(name).text(), ObjectLayout.SEGMENT).name());
  }

  @Test
  void itsPrintedFormTellsNothing() {
    assertEquals("ShareCode", known("secret").toString());
  }

  @Seeds(40)
  void damagedCodesAreRefusedInOneWay(RandomGenerator random) {
    byte[] text = known("name").text().getBytes(StandardCharsets.ISO_8859_1);
    int refused =
        Damage.refused(
            text,
            50,
            random,
            bytes ->
                ShareCode.parse(
                    new String(bytes, StandardCharsets.ISO_8859_1), ObjectLayout.SEGMENT));
    byte[] json = sound().getBytes(StandardCharsets.UTF_8);
    refused +=
        Damage.refused(json, 50, random, bytes -> parse(new String(bytes, StandardCharsets.UTF_8)));
    assertTrue(refused > 0);
  }
}
