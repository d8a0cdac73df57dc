package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The text of a [ShareCode]: `poss://`, then padded Base64 of a JSON text indented by two spaces
/// (interface specification 3.5).
///
/// Written exactly as published codes are, read leniently: any white space of JSON, unknown
/// members, no padding, surrounding white space. Complaints hold nothing of the text. Stateless.
final class ShareCodeText {
  private static final String PREFIX = "poss://";
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ShareCodeText() {}

  static String write(ShareCode code) {
    byte[] key = code.key().toArray();
    StringBuilder json = new StringBuilder(256 + 80 * code.chunks().size());
    json.append("{\n  \"k\": ").append(quoted(base64(key)));
    json.append(",\n  \"name\": ").append(quoted(code.name()));
    json.append(",\n  \"length\": ").append(code.length());
    json.append(",\n  \"i\": ").append(quoted(index(code)));
    code.descriptorBytes()
        .ifPresent(descriptor -> {
          json.append(",\n  \"v\": ").append(VERSION);
          json.append(",\n  \"d\": ").append(quoted(base64(descriptor.toArray())));
        });
    json.append("\n}");
    java.util.Arrays.fill(key, (byte) 0);
    return PREFIX + base64(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String index(ShareCode code) {
    StringBuilder json = new StringBuilder(128 + 80 * code.chunks().size());
    json.append("{\n  \"object\": ").append(quoted(code.object().hex()));
    json.append(",\n  \"length\": ").append(code.length());
    json.append(",\n  \"chunks\": [");
    String separator = "\n    ";
    for (Hash chunk : code.chunks()) {
      json.append(separator).append(quoted(chunk.hex()));
      separator = ",\n    ";
    }
    return json.append("\n  ]\n}").toString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String quoted(String text) {
    return MAPPER.writeValueAsString(text);
  }

  static ShareCode read(String text, int segmentBytes) throws MalformedMessage {
    if (text.length() > ShareCode.TEXT_MAX) {
      throw new MalformedMessage("sharecode: too long");
    }
    String code = text.strip();
    if (!code.startsWith(PREFIX)) {
      throw new MalformedMessage("sharecode: does not begin with " + PREFIX);
    }
    JsonNode outer = json(utf8(bytes(code.substring(PREFIX.length()), "code")));
    byte[] key = bytes(string(outer, "k"), "k");
    if (key.length != ObjectKey.SIZE) {
      throw new MalformedMessage("sharecode: the key must have 32 bytes");
    }
    String name = string(outer, "name");
    if (name.isEmpty()) {
      throw new MalformedMessage("sharecode: the name is empty");
    }
    long length = length(outer);
    JsonNode index = json(string(outer, "i"));
    if (length(index) != length) {
      throw new MalformedMessage("sharecode: the lengths differ");
    }
    List<Hash> chunks = chunks(index, length, segmentBytes);
    if (!Identifiers.object(chunks).equals(hash(string(index, "object")))) {
      throw new MalformedMessage("sharecode: the object hash is not that of the chunks");
    }
    Optional<Bytes> descriptor =
        outer.has("d") ? Optional.of(Bytes.of(bytes(string(outer, "d"), "d"))) : Optional.empty();
    return new ShareCode(new ObjectKey(key), name, length, chunks, descriptor);
  }

  private static List<Hash> chunks(JsonNode index, long length, int segmentBytes)
      throws MalformedMessage {
    JsonNode array = index.path("chunks");
    long wanted = (length - 1) / segmentBytes + 1;
    if (!array.isArray() || array.size() != wanted) {
      throw new MalformedMessage("sharecode: the length needs " + wanted + " chunks");
    }
    List<Hash> chunks = new ArrayList<>(array.size());
    for (JsonNode chunk : array) {
      if (!chunk.isString()) {
        throw new MalformedMessage("sharecode: a chunk is no string");
      }
      chunks.add(hash(chunk.stringValue()));
    }
    return chunks;
  }

  private static Hash hash(String text) throws MalformedMessage {
    return HexText.hash(text, "sharecode: an identifier");
  }

  private static String string(JsonNode object, String member) throws MalformedMessage {
    JsonNode value = object.path(member);
    if (!value.isString()) {
      throw new MalformedMessage("sharecode: member " + member + " must be a string");
    }
    return value.stringValue();
  }

  private static long length(JsonNode object) throws MalformedMessage {
    JsonNode value = object.path("length");
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw new MalformedMessage("sharecode: member length must be a positive integer");
    }
    return value.longValue();
  }

  private static byte[] bytes(String base64, String member) throws MalformedMessage {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage("sharecode: " + member + " is no Base64");
    }
  }

  private static String utf8(byte[] bytes) throws MalformedMessage {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessage("sharecode: not UTF-8");
    }
  }

  private static JsonNode json(String text) throws MalformedMessage {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new MalformedMessage("sharecode: no JSON object");
      }
      return node;
    } catch (JacksonException e) {
      throw new MalformedMessage("sharecode: not JSON");
    }
  }
}
