package io.ppio.api.system;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.CipheredSegment;
import io.ppio.data.proof.pod.LaneCipher;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.data.seal.SealCodec;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.Reveal;
import io.ppio.network.peer.Contact;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.PieceSet;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Exchange;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A miner that has thrown its copy away and sells the sealed tiles of another miner's copy
/// instead.
///
/// All it says is consistent: the lane it offers is over what it sends, and its keys open it.
final class Thief {
  private final List<byte[]> loot;
  private final int size;
  private volatile Optional<LaneRequest> request = Optional.empty();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger reveals = new AtomicInteger();
  private final AtomicInteger checks = new AtomicInteger();
  private final LaneKeys keys;
  private final SegmentTree ciphered;
  private volatile Optional<NodeHost> host = Optional.empty();

  /// @param size bytes of the segment
  Thief(List<byte[]> loot, int size) throws Exception {
    this.loot = loot;
    this.size = size;
    this.keys = new LaneKeys(Hash.sha256(new byte[] {1}), Windows.standard(loot.size()));
    SealCodec.Source source =
        (tile, into) -> System.arraycopy(loot.get(tile), 0, into, 0, Tile.SIZE);
    this.ciphered = new CipheredSegment(keys).tree(source);
  }

  int served() {
    return served.get();
  }

  int reveals() {
    return reveals.get();
  }

  int checks() {
    return checks.get();
  }

  void serve(NodeHost node) {
    host = Optional.of(node);
    node.services()
        .add(Method.LANE, this::lane)
        .add(Method.SEGMENT_MAP, this::map)
        .add(Method.GET_PIECES, this::pieces)
        .add(Method.PROOF, _ -> checks.incrementAndGet());
  }

  private NodeHost host() {
    return host.orElseThrow();
  }

  private void lane(Exchange exchange) throws Exception {
    LaneMessage message = LaneCodec.decode(exchange.body());
    if (message instanceof LaneRequest asked) {
      request = Optional.of(asked);
      exchange.reply(Bytes.EMPTY);
    } else if (message instanceof LaneMessage.Pay(var voucher) && !exchange.oneway()) {
      int window = voucher.body().window().index();
      Reveal reveal = new Reveal(window, keys.key(window), voucher.body().lane().lane());
      exchange.reply(Bytes.of(Statement.sign(reveal, host().identity().privateKey()).encode()));
      reveals.incrementAndGet();
    }
  }

  private void map(Exchange exchange) throws Exception {
    SegmentMap asked = TransferCodec.decode(SegmentMap.class, exchange.body());
    Hash channel = request.orElseThrow().opened().body().open().channel();
    LaneTerms terms =
        new LaneTerms(
            channel, asked.segment(), ciphered.root(), Windows.SIZE_DEFAULT, keys.keyRoot());
    LaneOffer offer =
        new LaneOffer(
            Statement.sign(terms, host().identity().privateKey()),
            Optional.empty(),
            keys.keyHashes());
    host()
        .peers()
        .oneway(
            new Contact(exchange.peer(), List.of()),
            Method.LANE,
            LaneCodec.encode(offer),
            CallOptions.DEFAULT);
    FixedWidth leaves = new FixedWidth();
    ciphered.tileRoots().forEach(leaves::hash);
    exchange.reply(
        new SegmentMap.Answer(
                size,
                loot.size(),
                PieceSet.first(loot.size()),
                ciphered.root(),
                Bytes.of(leaves.toArray()),
                asked.token())
            .encode());
  }

  private void pieces(Exchange exchange) throws Exception {
    GetPieces asked = TransferCodec.decode(GetPieces.class, exchange.body());
    LaneCipher cipher = new LaneCipher();
    for (int piece : asked.pieces()) {
      byte[] tile = loot.get(piece).clone();
      cipher.piece(keys.key(keys.windows().of(piece)), piece, tile, tile);
      if (!new TileHasher().root(tile, 0).equals(ciphered.tileRoots().get(piece))) {
        throw new IllegalStateException("the thief contradicts itself");
      }
      exchange.item(
          new GetPieces.Item(piece, Status.OK, Bytes.EMPTY).encode(), ByteBuffer.wrap(tile));
      served.incrementAndGet();
    }
    exchange.end();
  }
}
