package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import io.ppio.node.user.UserFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The envelope of JSON-RPC 2.0 as the original clients speak it (interface specification 1.2 and
/// 1.4).
///
/// Safe for concurrent use.
final class JsonRpc {
  private static final Logger LOG = LoggerFactory.getLogger(JsonRpc.class);

  private final MethodTable methods;
  private final boolean typedCodes;

  /// @param typedCodes whether `error.code` carries the typed code instead of the compatible one
  JsonRpc(MethodTable methods, boolean typedCodes) {
    this.methods = methods;
    this.typedCodes = typedCodes;
  }

  /// Answers one body; never throws for what the body holds.
  JsonNode answer(byte[] body) {
    JsonNode request;
    try {
      request = Json.parse(body);
    } catch (Json.Malformed e) {
      return failure(
          Json.object().nullNode(),
          RpcError.protocol(RpcError.PARSE_ERROR, "parse error: " + e.getMessage()));
    }
    if (!request.isArray()) {
      return single(request);
    }
    if (request.isEmpty()) {
      return failure(
          Json.object().nullNode(), RpcError.protocol(RpcError.INVALID_REQUEST, "invalid request"));
    }
    ArrayNode answers = Json.array();
    for (JsonNode each : request) {
      answers.add(single(each));
    }
    return answers;
  }

  private JsonNode single(JsonNode request) {
    JsonNode id =
        request.isObject() && request.has("id") ? request.path("id") : Json.object().nullNode();
    try {
      JsonNode result = call(request);
      ObjectNode answer = Json.object();
      answer.set("id", id);
      answer.put("jsonrpc", "2.0");
      answer.set("result", result);
      return answer;
    } catch (UserFailure failure) {
      return failure(id, RpcError.of(failure));
    } catch (RpcError error) {
      return failure(id, error);
    } catch (RuntimeException bug) {
      LOG.error("request failed", bug);
      return failure(id, RpcError.protocol(RpcError.INTERNAL_ERROR, "internal error"));
    }
  }

  private JsonNode call(JsonNode request) throws UserFailure, RpcError {
    if (!request.isObject() || !request.path("method").isString()) {
      throw RpcError.protocol(RpcError.INVALID_REQUEST, "invalid request");
    }
    MethodTable.Entry method =
        methods
            .find(request.path("method").stringValue())
            .orElseThrow(() -> RpcError.protocol(RpcError.METHOD_NOT_FOUND, "method not found"));
    JsonNode params = request.path("params");
    if (!params.isMissingNode() && !params.isNull() && !params.isContainer()) {
      throw RpcError.protocol(RpcError.INVALID_PARAMS, "invalid params: neither array nor object");
    }
    return method.body().call(new Params(params, method.signature()));
  }

  private JsonNode failure(JsonNode id, RpcError error) {
    ObjectNode detail = Json.object();
    detail.put(
        "code",
        error.typed().filter(_ -> typedCodes).map(UserFailure.Code::typed).orElse(error.code()));
    detail.put("message", error.getMessage());
    error
        .typed()
        .ifPresent(typed ->
            detail
                .putObject("data")
                .put("code", typed.typed())
                .put("name", "CODE_" + typed.name()));
    ObjectNode answer = Json.object();
    answer.set("error", detail);
    answer.set("id", id);
    answer.put("jsonrpc", "2.0");
    return answer;
  }
}
