package io.ppio.network.transport;

import io.ppio.env.Promise;
import io.ppio.network.wire.Priority;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The sending side of one stream: what waits to leave, and how much the peer will take.
///
/// Guarded by the monitor of its [SendQueue].
final class SendStream {
  /// A run of bytes, perhaps none, that leaves as one; the promise is kept when the link has taken
  /// all of it.
  record Chunk(ByteBuffer bytes, @Nullable Promise<Boolean> taken) {}

  final int id;
  final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  Priority priority = Priority.URGENT;
  long credit;

  /// Flags that the next frame carries: `SYN` of the opener, `ACK` of the other side.
  int nextFlags;

  /// What the peer may send beyond the first window, told behind the first frame.
  int firstCredit;

  boolean queued;
  boolean finAsked;
  boolean finSent;
  @Nullable StreamFailed failure;

  SendStream(int id, long credit, int nextFlags) {
    this.id = id;
    this.credit = credit;
    this.nextFlags = nextFlags;
  }

  /// Whether a frame could leave now.
  boolean ready() {
    if (failure != null) {
      return false;
    }
    if (chunks.isEmpty()) {
      return finAsked && !finSent;
    }
    return credit > 0 || !chunks.getFirst().bytes().hasRemaining();
  }
}
