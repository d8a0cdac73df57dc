package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Where the result of one call goes: at once as a whole, or an array element by element, so that a
/// long one is never in memory. Nothing is written before there is a result, so a call that fails
/// before its first element is answered with an error. Owned by one request.
final class ResultWriter {
  private final JsonNode id;
  private final OutputStream out;
  private boolean begun;
  private boolean elements;

  ResultWriter(JsonNode id, OutputStream out) {
    this.id = id;
    this.out = out;
  }

  /// The caller is gone, so nothing more needs to be found out.
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final IOException reason;

    private Broken(IOException reason) {
      super(reason);
      this.reason = reason;
    }

    /// What went wrong with the connection.
    IOException reason() {
      return reason;
    }
  }

  /// Whether a part is written, so that no error can be answered any more.
  boolean begun() {
    return begun;
  }

  /// The whole result.
  void whole(JsonNode result) {
    begin();
    write(Json.compact(result) + "}");
  }

  /// The next element of an array.
  void element(JsonNode element) {
    begin();
    write((elements ? "," : "[") + Json.compact(element));
    elements = true;
  }

  /// There are no further elements.
  void endElements() {
    begin();
    write(elements ? "]}" : "[]}");
  }

  private void begin() {
    if (!begun) {
      begun = true;
      write("{\"id\":" + Json.compact(id) + ",\"jsonrpc\":\"2.0\",\"result\":");
    }
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Broken(e);
    }
  }
}
