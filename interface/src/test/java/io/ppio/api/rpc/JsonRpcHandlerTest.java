package io.ppio.api.rpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.json.Json;
import io.ppio.node.user.api.UserFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/// The envelope of interface specification 1.2 to 1.4.
class JsonRpcHandlerTest {
  private final MethodTable table =
      new MethodTable()
          .add("APIVersion", "", _ -> StringNode.valueOf("0.1"))
          .add("Echo", "value|alias", p -> StringNode.valueOf(p.text("value").orElse("undefined")))
          .add(
              "Copies",
              "copies",
              p -> Json.object().numberNode(p.smallInteger("copies", true).orElse(5)))
          .add(
              "Exists",
              "",
              _ -> {
                throw new UserFailure(UserFailure.Code.OBJECT_KEY_EXIST);
              });
  private final JsonRpcHandler rpc = new JsonRpcHandler(table, false);

  private String answer(String body) {
    return answer(rpc, body);
  }

  private static String answer(JsonRpcHandler rpc, String body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      rpc.answer(body.getBytes(StandardCharsets.UTF_8), false, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int code(String answer) {
    try {
      return Json.parse(answer).path("error").path("code").intValue();
    } catch (Json.Malformed e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void answersInTheDocumentedOrderOfMembers() {
    assertEquals(
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"}",
        answer("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"APIVersion\",\"params\":[]}"));
  }

  @Test
  void missingIdIsNoNotification() {
    assertEquals(
        "{\"id\":null,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"}",
        answer("{\"method\":\"apiversion\"}"));
  }

  @Test
  void nullEmptyAndMissingAreUndefined() {
    for (String params : new String[] {"[]", "[null]", "[\"\"]", "null", "{}"}) {
      assertEquals(
          "{\"id\":-5,\"jsonrpc\":\"2.0\",\"result\":\"undefined\"}",
          answer("{\"id\":-5,\"method\":\"Echo\",\"params\":" + params + "}"));
    }
  }

  @Test
  void namedParametersTakeAliases() {
    assertEquals(
        "{\"id\":0,\"jsonrpc\":\"2.0\",\"result\":\"x\"}",
        answer("{\"id\":0,\"method\":\"Echo\",\"params\":{\"alias\":\"x\"}}"));
  }

  @Test
  void integersComeAsNumbersOrText() {
    for (String value : new String[] {"2", "\"2\"", "2.0"}) {
      assertEquals(
          "{\"id\":0,\"jsonrpc\":\"2.0\",\"result\":2}",
          answer("{\"id\":0,\"method\":\"Copies\",\"params\":[" + value + "]}"));
    }
    assertEquals(
        "{\"id\":0,\"jsonrpc\":\"2.0\",\"result\":5}",
        answer("{\"id\":0,\"method\":\"Copies\",\"params\":[0]}"));
    assertEquals(
        "{\"error\":{\"code\":-1,\"message\":\"illegal option: copies: not an integer\","
            + "\"data\":{\"code\":307002,\"name\":\"CODE_OPTION_ILLEGAL\"}},\"id\":0,\"jsonrpc\":\"2.0\"}",
        answer("{\"id\":0,\"method\":\"Copies\",\"params\":[1e400]}"));
  }

  @Test
  void failuresCarryWireAndTypedCode() {
    assertEquals(
        "{\"error\":{\"code\":2017,\"message\":\"key exists\","
            + "\"data\":{\"code\":307152,\"name\":\"CODE_OBJECT_KEY_EXIST\"}},\"id\":1,\"jsonrpc\":\"2.0\"}",
        answer("{\"id\":1,\"method\":\"Exists\"}"));
    assertEquals(307152, code(answer(new JsonRpcHandler(table, true), "{\"method\":\"Exists\"}")));
  }

  @Test
  void protocolErrorsHaveTheirCodes() {
    assertEquals(-32700, refusal("{"));
    assertEquals(-32700, refusal("{} {}"));
    assertEquals(-32700, refusal("[".repeat(100)));
    assertEquals(-32600, refusal("[]"));
    assertEquals(-32600, refusal("{}"));
    assertEquals(-32601, refusal("{\"method\":\"Nope\"}"));
    assertEquals(-32602, refusal("{\"method\":\"Echo\",\"params\":3}"));
    assertEquals(-32602, refusal("{\"method\":\"Echo\",\"params\":[[1]]}"));
  }

  private int refusal(String body) {
    return code(answer(body));
  }

  @Test
  void batchIsAnsweredInOrder() {
    assertEquals(
        "[{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"},{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":\"b\"}]",
        answer(
            "[{\"id\":1,\"method\":\"APIVersion\"},{\"id\":2,\"method\":\"Echo\",\"params\":[\"b\"]}]"));
  }

  private static JsonRpcHandler listing(int count) {
    return new JsonRpcHandler(
        new MethodTable()
            .addListing(
                "List",
                "",
                (_, each) -> {
                  for (int i = 0; i < count; i++) {
                    each.accept(Json.object().numberNode(i));
                  }
                  if (count == 3) {
                    throw new UserFailure(UserFailure.Code.BUCKET_NOT_EXIST);
                  }
                })
            .addListing(
                "Missing",
                "",
                (_, _) -> {
                  throw new UserFailure(UserFailure.Code.BUCKET_NOT_EXIST);
                }),
        false);
  }

  @Test
  void listsHaveTheFormOfOtherResults() {
    String call = "{\"id\":1,\"method\":\"List\"}";
    assertEquals("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[]}", answer(listing(0), call));
    assertEquals("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[0]}", answer(listing(1), call));
    assertEquals(
        "[{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[0,1]},{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[0,1]}]",
        answer(listing(2), "[" + call + "," + call + "]"));
    assertEquals(-1, code(answer(listing(0), "{\"method\":\"Missing\"}")));
  }

  @Test
  void aListThatBreaksOffIsNoAnswer() {
    byte[] call = "{\"method\":\"List\"}".getBytes(StandardCharsets.UTF_8);
    assertThrows(
        IOException.class, () -> listing(3).answer(call, false, new ByteArrayOutputStream()));
  }

  @Test
  void elementsAreWrittenAsTheyCome() {
    long[] written = {0};
    long[] largest = {0};
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int value) {
            written[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            written[0] += length;
            largest[0] = Math.max(largest[0], length);
          }
        };
    long[] before = {0};
    JsonRpcHandler lists =
        new JsonRpcHandler(
            new MethodTable()
                .addListing(
                    "List",
                    "",
                    (_, each) -> {
                      for (int i = 0; i < 1000; i++) {
                        each.accept(StringNode.valueOf("element"));
                        assertTrue(written[0] > before[0]);
                        before[0] = written[0];
                      }
                    }),
            false);
    assertDoesNotThrow(
        () -> lists.answer("{\"method\":\"List\"}".getBytes(StandardCharsets.UTF_8), false, out));
    assertTrue(largest[0] < 100);
  }
}
