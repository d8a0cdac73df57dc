package io.ppio.api.system;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// HTTP byte for byte, because a client library would mend the very requests that the tests must
/// send.
final class RawHttp {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /// An answer.
  record Answer(int status, String head, String body) {
    /// The value of a header; empty if absent.
    String header(String name) {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }

  /// Sends `body` with POST to `path`.
  ///
  /// @param version `HTTP/1.0` or `HTTP/1.1`
  /// @param headers whole lines besides Content-Length and, unless one names it, Host
  Answer post(String path, String version, List<String> headers, String body) throws IOException {
    return send("POST", path, version, headers, body);
  }

  Answer send(String method, String path, String version, List<String> headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + " " + path + " " + version + "\r\n");
    if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
      head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    headers.forEach(line -> head.append(line).append("\r\n"));
    head.append("Connection: close\r\nContent-Length: ").append(bytes.length).append("\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return answer(socket.getInputStream());
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    String text = all.toString(StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new EOFException("the daemon ended after " + all.size() + " bytes of an answer");
    }
    String head = text.substring(0, end);
    String[] words = head.split(" ", 3);
    Answer answer = new Answer(Integer.parseInt(words[1]), head, text.substring(end + 4));
    String length = answer.header("Content-Length");
    if (!length.isEmpty() && all.size() < end + 4 + Integer.parseInt(length)) {
      throw new EOFException("the daemon ended within an answer of " + length + " bytes");
    }
    return answer;
  }
}
