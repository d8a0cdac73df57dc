package io.ppio.api.sdk;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One daemon, spoken to over JSON-RPC.
///
/// Uses the JDK's small HTTP client class: the larger one costs a quarter of a second at start,
/// which is most of what a short command takes. Owned by one task.
public final class DaemonClient {
  private static final int CONNECT_MILLIS = 5_000;

  /// Pausing may take 5 s, deleting waits for a job to stop; listing a large bucket takes longest.
  private static final int READ_MILLIS = 120_000;

  private static final int ANSWER_MAX = 512 << 20;

  private final String host;
  private final int port;
  private final Optional<String> token;

  /// @param token sent as a bearer token
  public DaemonClient(String host, int port, Optional<String> token) {
    this.host = host;
    this.port = port;
    this.token = token;
  }

  /// Whether the daemon is on this machine, so that local paths mean the same to both.
  public boolean local() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  /// Calls `method` with positional parameters; text, numbers and booleans as they are.
  ///
  /// @return the member `result`
  public JsonNode call(String method, Object... params) throws DaemonFailure {
    ObjectNode request = Json.object().put("id", 1).put("jsonrpc", "2.0").put("method", method);
    ArrayNode list = request.putArray("params");
    for (Object param : params) {
      switch (param) {
        case Boolean flag -> list.add(flag);
        case Integer number -> list.add(number);
        default -> list.add(param.toString());
      }
    }
    JsonNode answer = post(Json.compact(request).getBytes(StandardCharsets.UTF_8));
    if (answer.has("error")) {
      JsonNode error = answer.path("error");
      throw new DaemonFailure(
          false, error.path("data").path("code").asInt(0), error.path("message").asString(""));
    }
    return answer.path("result");
  }

  private JsonNode post(byte[] body) throws DaemonFailure {
    String shown = host + ":" + port;
    try {
      URL url = new URI("http", null, host, port, "/rpc", null, null).toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      connection.setRequestProperty("Content-Type", "application/json");
      token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new DaemonFailure(
            false, "the daemon at " + shown + " answered HTTP status " + status);
      }
      try (InputStream in = connection.getInputStream()) {
        return Json.parse(in.readNBytes(ANSWER_MAX));
      }
    } catch (ConnectException e) {
      throw new DaemonFailure(
          true, "cannot reach the daemon at " + shown + "; is it running? (poss start)");
    } catch (SocketTimeoutException e) {
      throw new DaemonFailure(true, "the daemon at " + shown + " does not answer");
    } catch (IOException e) {
      throw new DaemonFailure(
          true, "cannot talk to the daemon at " + shown + ": " + e.getMessage());
    } catch (Json.Malformed | java.net.URISyntaxException e) {
      throw new DaemonFailure(true, "what answers at " + shown + " is no daemon");
    }
  }
}
