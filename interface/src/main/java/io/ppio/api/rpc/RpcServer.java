package io.ppio.api.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The HTTP listener of a user daemon: POST to `/rpc` or `/`, guarded by a [RequestGuard].
///
/// Every JSON-RPC outcome has status 200, errors included, because the original clients treat any
/// other status as a broken connection. Requests run on virtual threads.
public final class RpcServer implements AutoCloseable {
  /// Largest body of a request (interface specification 1.1).
  static final int BODY_MAX = 64 << 20;

  /// Carrier threads of Jetty: selectors and acceptors only, requests run on virtual threads.
  private static final int THREADS = 8;

  private final Server server;
  private final ServerConnector connector;

  private RpcServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Binds `address` and serves.
  ///
  /// @param afterAnswer run when an answer has been handed to the network
  /// @throws BindException when the address is taken or not ours; the message names it
  static RpcServer start(
      InetSocketAddress address, RequestGuard guard, JsonRpcHandler rpc, Runnable afterAnswer)
      throws IOException {
    QueuedThreadPool pool = new QueuedThreadPool(THREADS, 2);
    pool.setName("rpc");
    pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("rpc-"));
    Server server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setReuseAddress(true);
    server.addConnector(connector);
    server.setHandler(new RpcHandler(guard, rpc, afterAnswer));
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      BindException refused =
          new BindException(
              "cannot listen on "
                  + address.getHostString()
                  + ":"
                  + address.getPort()
                  + ": "
                  + innermost(e).getMessage());
      refused.initCause(e);
      throw refused;
    }
    return new RpcServer(server, connector);
  }

  private static Throwable innermost(Throwable failure) {
    return Optional.ofNullable(failure.getCause()).map(RpcServer::innermost).orElse(failure);
  }

  /// The port that was bound.
  public int port() {
    return connector.getLocalPort();
  }

  /// Stops listening; requests being answered get a moment to end. Idempotent.
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("stopping the HTTP listener", e);
    }
  }

  private static final class RpcHandler extends Handler.Abstract {
    private final RequestGuard guard;
    private final JsonRpcHandler rpc;
    private final Runnable afterAnswer;

    private RpcHandler(RequestGuard guard, JsonRpcHandler rpc, Runnable afterAnswer) {
      this.guard = guard;
      this.rpc = rpc;
      this.afterAnswer = afterAnswer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      response.getHeaders().put("Referrer-Policy", "no-referrer");
      Optional<RequestGuard.Refusal> refusal =
          guard.refusal(caller(request), request.isSecure() ? "https" : "http");
      String path = Request.getPathInContext(request);
      if (refusal.isPresent()) {
        refuse(response, callback, refusal.get().status(), refusal.get().reason());
      } else if (request.getMethod().equals("POST") && (path.equals("/rpc") || path.equals("/"))) {
        post(request, response, callback);
      } else if (path.equals("/rpc")) {
        response.getHeaders().put(HttpHeader.ALLOW, "POST");
        refuse(response, callback, 405, "only POST is answered here");
      } else {
        refuse(response, callback, 404, "nothing is here");
      }
      return true;
    }

    private void post(Request request, Response response, Callback callback) throws IOException {
      if (request.getLength() > BODY_MAX) {
        refuse(response, callback, 413, "the body exceeds 64 MiB");
        return;
      }
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readNBytes(BODY_MAX + 1);
      }
      if (body.length > BODY_MAX) {
        refuse(response, callback, 413, "the body exceeds 64 MiB");
        return;
      }
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
      response.setStatus(200);
      AnswerStream answer = new AnswerStream(response);
      rpc.answer(body, isRemote(request.getConnectionMetaData().getRemoteSocketAddress()), answer);
      answer.write('\n');
      answer.end(answered(callback));
    }

    /// Whether a caller is on another machine, as far as its address tells.
    private static boolean isRemote(SocketAddress caller) {
      return !(caller instanceof InetSocketAddress address)
          || address.isUnresolved()
          || !address.getAddress().isLoopbackAddress();
    }

    private Callback answered(Callback callback) {
      return new Callback() {
        @Override
        public void succeeded() {
          callback.succeeded();
          afterAnswer.run();
        }

        @Override
        public void failed(Throwable reason) {
          callback.failed(reason);
          afterAnswer.run();
        }
      };
    }

    private static void refuse(Response response, Callback callback, int status, String reason) {
      byte[] text = (reason + "\n").getBytes(StandardCharsets.UTF_8);
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      response.write(true, ByteBuffer.wrap(text), callback);
    }

    private static RequestGuard.Caller caller(Request request) {
      return new RequestGuard.Caller(
          request.getMethod(),
          header(request, "Host"),
          header(request, "Origin"),
          header(request, "Sec-Fetch-Site"),
          header(request, "Sec-Fetch-Mode"),
          header(request, "Authorization"));
    }

    private static Optional<String> header(Request request, String name) {
      HttpField field = request.getHeaders().getField(name);
      return field == null ? Optional.empty() : Optional.ofNullable(field.getValue());
    }
  }
}
