package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.staging.Upload;
import io.ppio.env.Counters;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.Match;
import io.ppio.network.peer.Contact;
import io.ppio.network.transfer.CopyFrom;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Refused;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Fetches copies from other miners: COPY_FROM (network specification 8.2).
///
/// The indexer repeats its request until the copy is acknowledged, so nothing is remembered over a
/// restart but what is in staging. Safe for concurrent use.
final class CopyTaker {
  /// Copies fetched at once: each holds one segment's bandwidth, not its memory.
  private static final int JOBS_MAX = 8;

  private static final Duration MAP_LIMIT = Duration.ofSeconds(20);

  private final NodeHost host;
  private final MatchCheck matches;
  private final CopyCapacity capacity;
  private final CopyStore copies;
  private final StageAcknowledger acknowledger;
  private final Counters<MinerCounter> counters;
  private final Monitor monitor;
  private final Set<Hash> running = new HashSet<>();
  private final MinerLog log;

  CopyTaker(
      NodeHost host,
      CopyCapacity capacity,
      CopyStore copies,
      StageAcknowledger acknowledger,
      Counters<MinerCounter> counters) {
    this.host = host;
    this.matches = new MatchCheck(host);
    this.capacity = capacity;
    this.copies = copies;
    this.acknowledger = acknowledger;
    this.counters = counters;
    this.monitor = new Monitor(host.env().clock());
    this.log = new MinerLog(host.env().log());
  }

  void answer(Exchange exchange) throws Exception {
    if (!host.named().isIndexer(exchange.peer())) {
      throw new Refused(Status.FORBIDDEN, "only an indexer has copies made");
    }
    CopyFrom request = TransferCodec.decode(CopyFrom.class, exchange.body());
    SignedStatement<Match> match = matches.own(request.token());
    if (!match.body().contractId().equals(request.contract())
        || !match.body().order().content().segment().equals(request.segment())) {
      throw new Refused(Status.CONTRACT_INVALID, "request does not fit its contract");
    }
    if (copies.find(request.contract()).isEmpty()) {
      capacity.requirePlot();
      if (begin(request.contract())) {
        host.tasks().serve("copy", () -> run(match, request));
      }
    }
    exchange.reply(new CopyFrom.Answer(request.contract().bytes().slice(0, 16)).encode());
  }

  private boolean begin(Hash contract) throws Refused {
    try (var _ = monitor.hold()) {
      if (running.contains(contract)) {
        return false;
      }
      if (running.size() >= JOBS_MAX) {
        throw new Refused(Status.OVERLOADED, "too many copies are being fetched");
      }
      return running.add(contract);
    }
  }

  private void run(SignedStatement<Match> match, CopyFrom request) throws InterruptedException {
    try {
      fetch(match, request);
    } catch (CallFailed | MalformedMessage | Refused | IOException e) {
      log.copyFailed(request.contract(), request.source().id(), String.valueOf(e.getMessage()));
    } finally {
      try (var _ = monitor.hold()) {
        running.remove(request.contract());
      }
    }
  }

  private void fetch(SignedStatement<Match> match, CopyFrom request)
      throws CallFailed, MalformedMessage, Refused, IOException, InterruptedException {
    int tiles = match.body().order().content().tiles();
    Hash root = match.body().order().content().plainRoot();
    Upload upload = capacity.take(request.contract(), tiles);
    SegmentTree tree = map(request);
    if (!tree.root().equals(root)) {
      throw new MalformedMessage("the giver's tile roots are not of the contract");
    }
    List<Integer> missing = upload.missing();
    for (int from = 0; from < missing.size(); from += GetPieces.PIECES_MAX) {
      int to = Math.min(missing.size(), from + GetPieces.PIECES_MAX);
      pieces(request, missing.subList(from, to), tree, upload);
    }
    capacity.requirePlot();
    acknowledger.stage(match, upload, request.source().id().toString());
  }

  private SegmentTree map(CopyFrom request)
      throws CallFailed, MalformedMessage, InterruptedException {
    SegmentMap ask = new SegmentMap(request.segment(), ReadMode.PLAIN, request.token(), true);
    SegmentMap.Answer map =
        TransferCodec.decode(
            SegmentMap.Answer.class,
            host.peers()
                .call(
                    request.source(),
                    Method.SEGMENT_MAP,
                    ask.encode(),
                    CallOptions.DEFAULT.within(MAP_LIMIT))
                .body());
    return SegmentTree.decode(map.leaves());
  }

  private void pieces(CopyFrom request, List<Integer> wanted, SegmentTree tree, Upload upload)
      throws CallFailed, MalformedMessage, IOException, InterruptedException {
    GetPieces ask =
        new GetPieces(
            request.segment(),
            wanted,
            List.of(),
            ReadMode.PLAIN,
            request.token(),
            false,
            GetPieces.Range.ALL);
    Contact source = request.source();
    try (ItemStream items =
        host.peers().stream(
            source, Method.GET_PIECES, ask.encode(), CallOptions.DEFAULT.inBackground())) {
      for (Optional<Reply> next = items.next(); next.isPresent(); next = items.next()) {
        take(next.get(), tree, upload);
      }
    }
  }

  private void take(Reply reply, SegmentTree tree, Upload upload)
      throws CallFailed, MalformedMessage, IOException, InterruptedException {
    GetPieces.Item item = TransferCodec.decode(GetPieces.Item.class, reply.body());
    if (item.status() != Status.OK) {
      throw new CallFailed(item.status(), "piece " + item.piece());
    }
    if (reply.payload().remaining() != Tile.SIZE || item.piece() >= tree.tiles()) {
      throw new MalformedMessage("no piece of this segment");
    }
    byte[] bytes = new byte[Tile.SIZE];
    reply.payload().get(bytes);
    Hash root = new TileHasher().root(bytes, 0);
    if (!tree.tileRoots().get(item.piece()).equals(root)) {
      throw new MalformedMessage("piece " + item.piece() + " is not that of the contract");
    }
    if (upload.write(item.piece(), ByteBuffer.wrap(bytes), root)) {
      counters.count(MinerCounter.PIECES_RECEIVED);
    }
  }
}
