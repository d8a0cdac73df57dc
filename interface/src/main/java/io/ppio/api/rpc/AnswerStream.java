package io.ppio.api.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The body of one answer: a short one goes out in one piece with its length, of a long one only
/// the next piece is in memory. Owned by one request.
final class AnswerStream extends OutputStream {
  private static final int PIECE = 1 << 16;

  private final Response response;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean begun;

  AnswerStream(Response response) {
    this.response = response;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    held.write(bytes, offset, length);
    if (held.size() >= PIECE) {
      begun = true;
      Content.Sink.write(response, false, ByteBuffer.wrap(held.toByteArray()));
      held.reset();
    }
  }

  /// Sends the rest.
  void end(Callback callback) {
    if (!begun) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, held.size());
    }
    response.write(true, ByteBuffer.wrap(held.toByteArray()), callback);
  }
}
