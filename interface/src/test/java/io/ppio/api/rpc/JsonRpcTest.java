package io.ppio.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.api.json.Json;
import io.ppio.node.user.UserFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/// The envelope of interface specification 1.2 to 1.4.
class JsonRpcTest {
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
  private final JsonRpc rpc = new JsonRpc(table, false);

  private String answer(String body) {
    return Json.compact(rpc.answer(body.getBytes(StandardCharsets.UTF_8)));
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
    assertEquals(
        307152,
        new JsonRpc(table, true)
            .answer("{\"method\":\"Exists\"}".getBytes(StandardCharsets.UTF_8))
            .path("error")
            .path("code")
            .intValue());
  }

  @Test
  void protocolErrorsHaveTheirCodes() {
    assertEquals(-32700, code("{"));
    assertEquals(-32700, code("{} {}"));
    assertEquals(-32700, code("[".repeat(100)));
    assertEquals(-32600, code("[]"));
    assertEquals(-32600, code("{}"));
    assertEquals(-32601, code("{\"method\":\"Nope\"}"));
    assertEquals(-32602, code("{\"method\":\"Echo\",\"params\":3}"));
    assertEquals(-32602, code("{\"method\":\"Echo\",\"params\":[[1]]}"));
  }

  private int code(String body) {
    return rpc.answer(body.getBytes(StandardCharsets.UTF_8)).path("error").path("code").intValue();
  }

  @Test
  void batchIsAnsweredInOrder() {
    assertEquals(
        "[{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"},{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":\"b\"}]",
        answer(
            "[{\"id\":1,\"method\":\"APIVersion\"},{\"id\":2,\"method\":\"Echo\",\"params\":[\"b\"]}]"));
  }
}
