package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.PieceSet;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Gives pieces: plain ones to miners that hold a contract for the same segment, ciphered ones to
/// readers (network specification 1.10; data and proofs specification 5.2).
///
/// Safe for concurrent use.
final class PieceService {
  private final MatchCheck matches;
  private final CopyStore copies;
  private final PlainTiles tiles;
  private final LaneService lanes;
  private final Counters<MinerCounter> counters;

  PieceService(
      NodeHost host,
      CopyStore copies,
      PlainTiles tiles,
      LaneService lanes,
      Counters<MinerCounter> counters) {
    this.matches = new MatchCheck(host);
    this.copies = copies;
    this.tiles = tiles;
    this.lanes = lanes;
    this.counters = counters;
  }

  /// SEGMENT_MAP.
  void map(Exchange exchange) throws Exception {
    SegmentMap request = TransferCodec.decode(SegmentMap.class, exchange.body());
    if (request.mode() == ReadMode.PLAIN) {
      CopyRecord copy = plainCopy(exchange, request.segment(), request.token());
      reply(exchange, copy, copy.plainTree(), Bytes.EMPTY);
      return;
    }
    ServedLane lane = lane(exchange, request.segment(), request.token());
    lanes.announce(lane);
    reply(exchange, lane.fixed().copy(), lane.fixed().ciphered(), request.token());
  }

  private static void reply(Exchange exchange, CopyRecord copy, SegmentTree tree, Bytes cipherRef)
      throws Exception {
    exchange.reply(
        new SegmentMap.Answer(
                (int) copy.content().sizeBytes(),
                tree.tiles(),
                PieceSet.first(tree.tiles()),
                tree.root(),
                tree.encode(),
                cipherRef)
            .encode());
  }

  private CopyRecord plainCopy(Exchange exchange, Hash segment, Bytes token)
      throws MalformedMessage, Refused {
    Match match = matches.believe(token).body();
    if (!match.miner().peerId().equals(exchange.peer())
        || !match.order().content().segment().equals(segment)) {
      throw new Refused(
          Status.FORBIDDEN, "only miners with a contract for it read a segment plain");
    }
    return copies
        .readable(segment)
        .filter(copy -> copy.plainTree().root().equals(match.order().content().plainRoot()))
        .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this miner has no such segment"));
  }

  private ServedLane lane(Exchange exchange, Hash segment, Bytes token)
      throws MalformedMessage, Refused, IOException, InterruptedException {
    if (token.size() != Hash.SIZE) {
      throw new MalformedMessage("token is no lane");
    }
    return lanes.lane(new Hash(token), segment, exchange.peer());
  }

  /// GET_PIECES.
  void pieces(Exchange exchange) throws Exception {
    GetPieces request = TransferCodec.decode(GetPieces.class, exchange.body());
    if (request.mode() == ReadMode.PLAIN) {
      CopyRecord copy = plainCopy(exchange, request.segment(), request.token());
      plain(exchange, request, copy);
    } else {
      ServedLane lane = lane(exchange, request.segment(), request.token());
      lanes.pieces(exchange, lane, request.pieces());
    }
    exchange.end();
  }

  /// Reads a tile of D, or says why it does not come.
  private Status read(Hash contract, int piece, byte[] into) throws IOException {
    try {
      tiles.read(contract, piece, into);
      return Status.OK;
    } catch (UnreadableCopy e) {
      return e.status();
    }
  }

  private void plain(Exchange exchange, GetPieces request, CopyRecord copy) throws Exception {
    byte[] tile = new byte[Tile.SIZE];
    for (int piece : request.pieces()) {
      Status status = piece < copy.tiles() ? read(copy.id(), piece, tile) : Status.NOT_FOUND;
      if (status != Status.OK) {
        item(exchange, piece, status, ByteBuffer.allocate(0));
        continue;
      }
      int length = request.part().all() ? Tile.SIZE : request.part().length();
      item(
          exchange,
          piece,
          Status.OK,
          ByteBuffer.wrap(tile, request.part().offset(), length).slice());
    }
  }

  private void item(Exchange exchange, int piece, Status status, ByteBuffer payload)
      throws Exception {
    exchange.item(new GetPieces.Item(piece, status, Bytes.EMPTY).encode(), payload);
    if (status == Status.OK) {
      counters.count(MinerCounter.PIECES_SERVED);
    }
  }
}
