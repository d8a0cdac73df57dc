package io.ppio.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.json.Json;
import io.ppio.node.user.api.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Answers on the wire, short and long.
class RpcServerTest {
  private static final int MANY = 100_000;

  private static RpcServer start() throws IOException {
    MethodTable methods =
        new MethodTable()
            .addListing("Few", "", (_, each) -> each.accept(StringNode.valueOf("e")))
            .addListing(
                "Many",
                "",
                (_, each) -> {
                  for (int i = 0; i < MANY; i++) {
                    each.accept(Json.object().put("key", "key-" + i));
                  }
                })
            .addListing(
                "Broken",
                "",
                (_, each) -> {
                  for (int i = 0; i < MANY; i++) {
                    each.accept(Json.object().put("key", "key-" + i));
                  }
                  throw new UserFailure(UserFailure.Code.BUCKET_NOT_EXIST);
                });
    return RpcServer.start(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
        new RequestGuard(List.of(), List.of(), Optional.empty()),
        new JsonRpcHandler(methods, false),
        () -> {});
  }

  private static String post(RpcServer server, String version, String method) throws IOException {
    String body = "{\"id\":1,\"method\":\"" + method + "\"}";
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /rpc HTTP/"
                      + version
                      + "\r\nHost: localhost\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  @Test
  void aShortListComesInOnePieceWithItsLength() throws IOException {
    try (RpcServer server = start()) {
      String answer = post(server, "1.1", "Few");
      String body = "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":[\"e\"]}\n";
      assertTrue(answer.endsWith("\r\n\r\n" + body), answer);
      assertTrue(answer.contains("Content-Length: " + body.length() + "\r\n"), answer);
    }
  }

  @Test
  void aLongListComesInPiecesAndIsWhole() throws IOException, Json.Malformed {
    try (RpcServer server = start()) {
      assertTrue(post(server, "1.1", "Many").contains("Transfer-Encoding: chunked\r\n"));
      String plain = post(server, "1.0", "Many");
      JsonNode answer = Json.parse(plain.substring(plain.indexOf("\r\n\r\n") + 4));
      assertEquals(MANY, answer.path("result").size());
      assertEquals("key-99999", answer.path("result").path(MANY - 1).path("key").stringValue());
    }
  }

  @Test
  void aListThatBreaksOffNeverLooksWhole() throws IOException {
    try (RpcServer server = start()) {
      String answer = post(server, "1.1", "Broken");
      assertTrue(answer.contains("key-0"));
      assertTrue(!answer.endsWith("\r\n0\r\n\r\n"));
    }
  }
}
