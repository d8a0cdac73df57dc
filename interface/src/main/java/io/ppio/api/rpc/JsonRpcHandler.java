package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import io.ppio.node.user.api.UserFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The envelope of JSON-RPC 2.0 as the original clients speak it (interface specification 1.2 and
/// 1.4).
///
/// Safe for concurrent use.
final class JsonRpcHandler {
  private static final Logger LOG = LoggerFactory.getLogger(JsonRpcHandler.class);

  private final MethodTable methods;
  private final boolean typedCodes;

  /// @param typedCodes whether `error.code` carries the typed code instead of the compatible one
  JsonRpcHandler(MethodTable methods, boolean typedCodes) {
    this.methods = methods;
    this.typedCodes = typedCodes;
  }

  /// Answers one body.
  ///
  /// @param remote whether the caller is on another machine
  /// @param out takes the answer, one JSON document
  /// @throws IOException when `out` does, or a result could not be brought to its end; what was
  ///   written is of no use then
  void answer(byte[] body, boolean remote, OutputStream out) throws IOException {
    JsonNode request;
    try {
      request = Json.parse(body);
    } catch (Json.Malformed e) {
      write(out, refusal(RpcError.PARSE_ERROR, "parse error: " + e.getMessage()));
      return;
    }
    if (!request.isArray()) {
      single(request, remote, out);
      return;
    }
    if (request.isEmpty()) {
      write(out, refusal(RpcError.INVALID_REQUEST, "invalid request"));
      return;
    }
    byte separator = '[';
    for (JsonNode each : request) {
      out.write(separator);
      single(each, remote, out);
      separator = ',';
    }
    out.write(']');
  }

  private JsonNode refusal(int code, String message) {
    return failure(Json.object().nullNode(), RpcError.protocol(code, message));
  }

  private static void write(OutputStream out, JsonNode answer) throws IOException {
    out.write(Json.compact(answer).getBytes(StandardCharsets.UTF_8));
  }

  private void single(JsonNode request, boolean remote, OutputStream out) throws IOException {
    JsonNode id =
        request.isObject() && request.has("id") ? request.path("id") : Json.object().nullNode();
    ResultWriter result = new ResultWriter(id, out);
    Optional<RpcError> error = call(request, remote, result);
    if (error.isPresent()) {
      if (result.begun()) {
        throw new IOException("an answer broke off: " + error.get().getMessage());
      }
      write(out, failure(id, error.get()));
    }
  }

  private Optional<RpcError> call(JsonNode request, boolean remote, ResultWriter result)
      throws IOException {
    try {
      callMethod(request, remote, result);
      return Optional.empty();
    } catch (UserFailure failure) {
      return Optional.of(RpcError.of(failure));
    } catch (RpcError error) {
      return Optional.of(error);
    } catch (ResultWriter.Broken e) {
      throw e.reason();
    } catch (RuntimeException bug) {
      LOG.error("request failed", bug);
      return Optional.of(RpcError.protocol(RpcError.INTERNAL_ERROR, "internal error"));
    }
  }

  private void callMethod(JsonNode request, boolean remote, ResultWriter result)
      throws UserFailure, RpcError {
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
    method.work().run(new RpcParameters(params, method.signature(), remote), result);
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
