package io.ppio.node.user.get;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Mailbox;
import io.ppio.env.Permits;
import io.ppio.env.Tasks;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Brings the ciphered pieces of a lane, window by window, and checks each against R'T.
final class WindowFetcher {
  private final NodeHost host;
  private final Contact miner;
  private final Hash lane;
  private final Hash segment;
  private final List<Hash> leaves;

  /// @param leaves tile roots of the ciphered segment
  WindowFetcher(NodeHost host, Contact miner, Hash lane, Hash segment, List<Hash> leaves) {
    this.host = host;
    this.miner = miner;
    this.lane = lane;
    this.segment = segment;
    this.leaves = leaves;
  }

  /// Fetches from piece `first` on; while the caller pays for one window the next one comes.
  Feed feed(Windows windows, int first) {
    return new Feed(windows, first);
  }

  /// One window, or why there is none.
  private record Fetched(List<byte[]> pieces, Optional<Exception> failure) {}

  /// Windows fetched by a task of their own: two ahead of the last one that was paid for, of which
  /// the caller has one in hand. A miner sends no more.
  final class Feed implements AutoCloseable {
    private final Tasks scope = host.env().tasks("windows");
    private final Permits ahead = new Permits(host.env().clock(), 2);
    private final Mailbox<Fetched> fetched = new Mailbox<>(host.env().clock(), 2);
    private boolean begun;

    private Feed(Windows windows, int first) {
      scope.serve("windows", () -> run(windows, first));
    }

    private void run(Windows windows, int first) throws InterruptedException {
      int from = first;
      for (int window = windows.of(first); window < windows.count(); window++) {
        ahead.acquire(1);
        try {
          fetched.put(new Fetched(fetch(windows, window, from), Optional.empty()));
        } catch (CallFailed | LaneFailed | MalformedMessage e) {
          fetched.put(new Fetched(List.of(), Optional.of(e)));
          return;
        }
        from = windows.first(window) + windows.length(window);
      }
    }

    /// The pieces of the next window, each a whole tile that the caller may change.
    List<byte[]> next() throws CallFailed, LaneFailed, MalformedMessage, InterruptedException {
      if (begun) {
        // The window handed out before is paid for by now.
        ahead.release(1);
      }
      begun = true;
      Fetched next = fetched.take().orElseThrow();
      if (next.failure().isEmpty()) {
        return next.pieces();
      }
      switch (next.failure().get()) {
        case CallFailed e -> throw e;
        case LaneFailed e -> throw e;
        case MalformedMessage e -> throw e;
        case Exception e -> throw new IllegalStateException("a window failed oddly", e);
      }
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  private List<byte[]> fetch(Windows windows, int window, int from)
      throws CallFailed, LaneFailed, MalformedMessage, InterruptedException {
    int start = Math.max(from, windows.first(window));
    int end = windows.first(window) + windows.length(window);
    List<byte[]> pieces = new ArrayList<>(end - start);
    for (int at = start; at < end; at += GetPieces.PIECES_MAX) {
      pieces.addAll(
          request(IntStream.range(at, Math.min(end, at + GetPieces.PIECES_MAX)).boxed().toList()));
    }
    return pieces;
  }

  private List<byte[]> request(List<Integer> wanted)
      throws CallFailed, LaneFailed, MalformedMessage, InterruptedException {
    GetPieces request =
        new GetPieces(
            segment, wanted, List.of(), ReadMode.POD, lane.bytes(), false, GetPieces.Range.ALL);
    List<byte[]> pieces = new ArrayList<>(wanted.size());
    TileHasher hasher = new TileHasher();
    CallOptions options = CallOptions.DEFAULT.forFile();
    try (ItemStream stream =
        host.peers().stream(miner, Method.GET_PIECES, request.encode(), options)) {
      for (int piece : wanted) {
        Reply reply =
            stream
                .next()
                .orElseThrow(() -> new CallFailed(Status.UNAVAILABLE, "pieces are missing"));
        GetPieces.Item item = TransferCodec.decode(GetPieces.Item.class, reply.body());
        if (item.status() != Status.OK) {
          throw new CallFailed(item.status(), "piece " + piece);
        }
        byte[] bytes = bytes(reply.payload());
        if (item.piece() != piece
            || bytes.length != Tile.SIZE
            || !hasher.root(bytes, 0).equals(leaves.get(piece))) {
          throw new LaneFailed(Trouble.CORRUPT, "piece " + piece + " is not the one offered");
        }
        pieces.add(bytes);
      }
    }
    return pieces;
  }

  /// The payload is ours, so its array is taken where it is just that.
  private static byte[] bytes(ByteBuffer payload) {
    if (payload.hasArray()
        && payload.arrayOffset() == 0
        && payload.position() == 0
        && payload.array().length == payload.remaining()) {
      return payload.array();
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }
}
