package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.staging.Upload;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transfer.PieceSet;
import io.ppio.network.transfer.PutAbort;
import io.ppio.network.transfer.PutCommit;
import io.ppio.network.transfer.PutOpen;
import io.ppio.network.transfer.PutPiece;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Takes copies from users: PUT_OPEN, PUT_PIECE, PUT_COMMIT, PUT_ABORT (network specification 1.10,
/// 8.3).
///
/// Every piece is checked against DT before it is written. A copy that is staged, or further, is
/// never taken again: its user gets the full set and the old acknowledgement. Safe for concurrent
/// use.
final class UploadService {
  /// Uploads remembered by their id; the oldest leave first and are opened again by their user.
  private static final int OPEN_MAX = 1024;

  /// One upload under way.
  ///
  /// @param tree over the tile roots as the user sent them, checked against DT; empty where pieces
  ///   bring paths
  /// @param by who may call it off
  private record Open(
      SignedStatement<Match> match, Upload upload, Optional<SegmentTree> tree, PeerId by) {
    /// Whether pieces can come, or all have come; else the space is given back, or spoiled.
    boolean takesPieces() {
      return upload.state() == Upload.State.RECEIVING || upload.state() == Upload.State.STAGED;
    }
  }

  private final MatchCheck matches;
  private final CopyCapacity capacity;
  private final CopyStore copies;
  private final StageAcknowledger acknowledger;
  private final Counters<MinerCounter> counters;
  private final Monitor monitor;
  private final Map<Bytes, Open> open = new LinkedHashMap<>();

  UploadService(
      NodeHost host,
      CopyCapacity capacity,
      CopyStore copies,
      StageAcknowledger acknowledger,
      Counters<MinerCounter> counters) {
    this.capacity = capacity;
    this.matches = new MatchCheck(host);
    this.copies = copies;
    this.acknowledger = acknowledger;
    this.counters = counters;
    this.monitor = new Monitor(host.env().clock());
  }

  void open(Exchange exchange) throws Exception {
    PutOpen request = TransferCodec.decode(PutOpen.class, exchange.body());
    SignedStatement<Match> match = matches.own(request.token());
    Content content = match.body().order().content();
    boolean fits =
        match.body().contractId().equals(request.contract())
            && PutOpen.uploadId(request.contract()).equals(request.upload())
            && content.segment().equals(request.segment())
            && content.sizeBytes() == request.size()
            && content.plainRoot().equals(request.root());
    require(fits, Status.CONTRACT_INVALID, "upload does not fit its contract");
    Optional<CopyRecord> taken = copies.find(request.contract());
    if (taken.isPresent()) {
      requireHeld(taken.get());
      reply(exchange, PieceSet.first(content.tiles()), 0);
      return;
    }
    Optional<SegmentTree> tree = tree(request, content);
    Upload upload = capacity.take(request.contract(), content.tiles());
    remember(request.upload(), new Open(match, upload, tree, exchange.peer()));
    reply(exchange, received(upload), upload.reservedUntil().toEpochMilli());
  }

  private static void requireHeld(CopyRecord record) throws Refused {
    require(record.state().readable(), Status.UNAVAILABLE, "the copy was lost here");
  }

  private static void reply(Exchange exchange, PieceSet have, long until) throws Exception {
    exchange.reply(new PutOpen.Answer(have, until).encode());
  }

  private static Optional<SegmentTree> tree(PutOpen request, Content content)
      throws MalformedMessage, Refused {
    if (request.leaves().isEmpty()) {
      return Optional.empty();
    }
    SegmentTree tree = SegmentTree.decode(request.leaves());
    require(tree.root().equals(content.plainRoot()), Status.CORRUPT, "tile roots are not of DT");
    return Optional.of(tree);
  }

  /// Staging keeps the first tile in the highest bit, the wire in the lowest.
  private static PieceSet received(Upload upload) {
    Bytes bits = upload.received();
    BitSet set = new BitSet();
    for (int tile = 0; tile < upload.tiles(); tile++) {
      if ((bits.at(tile / 8) >>> (7 - tile % 8) & 1) == 1) {
        set.set(tile);
      }
    }
    return PieceSet.of(set);
  }

  private void remember(Bytes id, Open upload) {
    try (var _ = monitor.hold()) {
      open.remove(id);
      open.put(id, upload);
      if (open.size() > OPEN_MAX) {
        open.remove(open.keySet().iterator().next());
      }
    }
  }

  private Optional<Open> find(Bytes id) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(open.get(id));
    }
  }

  private Open known(Bytes id) throws Refused {
    return find(id)
        .filter(Open::takesPieces)
        .orElseThrow(() -> new Refused(Status.NOT_FOUND, "no such upload; open it first"));
  }

  void piece(Exchange exchange) throws Exception {
    PutPiece request = TransferCodec.decode(PutPiece.class, exchange.body());
    if (copies.uploaded(request.upload()).isPresent()) {
      exchange.reply(Bytes.EMPTY); // sent before the answer that nothing is missing had arrived
      return;
    }
    Open upload = known(request.upload());
    Content content = upload.match().body().order().content();
    require(
        exchange.payload().remaining() == Tile.SIZE && request.piece() < content.tiles(),
        Status.BAD_REQUEST,
        "no piece of this segment");
    byte[] bytes = new byte[Tile.SIZE];
    exchange.payload().get(bytes);
    Hash root = new TileHasher().root(bytes, 0);
    boolean belongs;
    if (upload.tree().isPresent()) {
      belongs = upload.tree().get().tileRoots().get(request.piece()).equals(root);
    } else {
      belongs =
          MerklePath.decode(request.proof())
              .provesTile(root, request.piece(), content.tiles(), content.plainRoot());
    }
    require(belongs, Status.CORRUPT, "the piece is not that of the contract");
    if (upload.upload().write(request.piece(), ByteBuffer.wrap(bytes), root)) {
      counters.count(MinerCounter.PIECES_RECEIVED);
    }
    exchange.reply(Bytes.EMPTY);
  }

  void commit(Exchange exchange) throws Exception {
    PutCommit request = TransferCodec.decode(PutCommit.class, exchange.body());
    Optional<CopyRecord> staged = copies.uploaded(request.upload());
    if (staged.isPresent()) {
      requireHeld(staged.get());
      acknowledge(exchange, staged.get());
      return;
    }
    Open upload = known(request.upload());
    capacity.requirePlot();
    acknowledge(
        exchange, acknowledger.stage(upload.match(), upload.upload(), exchange.peer().toString()));
  }

  private static void acknowledge(Exchange exchange, CopyRecord copy) throws Exception {
    exchange.reply(new PutCommit.Answer(Bytes.of(copy.stageAck().encode())).encode());
  }

  void abort(Exchange exchange) throws Exception {
    PutAbort request = TransferCodec.decode(PutAbort.class, exchange.body());
    Optional<Open> upload = find(request.upload());
    require(
        upload.isEmpty() || upload.get().by().equals(exchange.peer()),
        Status.FORBIDDEN,
        "upload of another node");
    if (upload.isPresent() && upload.get().upload().discard()) {
      try (var _ = monitor.hold()) {
        open.remove(request.upload());
      }
    }
    exchange.reply(Bytes.EMPTY);
  }

  private static void require(boolean holds, Status status, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(status, otherwise);
    }
  }
}
