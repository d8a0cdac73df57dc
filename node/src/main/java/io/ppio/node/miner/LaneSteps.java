package io.ppio.node.miner;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneCipher;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.channel.MinerLane;
import io.ppio.incentive.channel.MinerLane.Effect;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Runs the effects of [MinerLane]: the one place where a miner sends ciphered pieces and shows
/// keys. Stateless.
///
/// Vouchers are kept durably, they are the claim to payment. Key: `V`, lane, number.
final class LaneSteps {
  private final NodeHost host;
  private final PlainTiles tiles;
  private final Counters<MinerCounter> counters;
  private final MinerLog log;

  LaneSteps(NodeHost host, PlainTiles tiles, Counters<MinerCounter> counters) {
    this.host = host;
    this.tiles = tiles;
    this.counters = counters;
    this.log = new MinerLog(host.env().log());
  }

  /// Runs them in order.
  ///
  /// @param asker whom they answer; nobody when time alone led to them
  /// @throws Refused when a voucher is refused
  void run(ServedLane lane, List<Effect> effects, Optional<Exchange> asker) throws Exception {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.SendPiece(int piece) -> send(lane, piece, asker);
        case Effect.RefusePiece(int piece, var why) -> refuse(piece, status(why), asker);
        case Effect.LogVoucher(var voucher, boolean asked) -> {
          keep(voucher);
          counters.count(MinerCounter.VOUCHERS);
          run(lane, lane.happen(logged(voucher, asked)), asker);
        }
        case Effect.RevealKey(int window) ->
            asker.orElseThrow().reply(Bytes.of(reveal(lane, window).encode()));
        case Effect.RefuseVoucher(var fault) -> {
          log.voucherRefused(lane.fixed().id(), fault.name());
          throw new Refused(Status.PAYMENT_REQUIRED, "voucher refused: " + fault);
        }
        case Effect.Redeem(var best) -> {
          // Before a ledger nobody pays: the vouchers kept are the claim.
          counters.count(MinerCounter.REDEEMABLE);
          log.laneRedeemable(lane.fixed().id(), best.body().seq());
        }
      }
    }
  }

  private MinerLane.Event logged(SignedStatement<Voucher> voucher, boolean asked) {
    return new MinerLane.Event.Logged(host.env().clock().wall(), voucher, asked);
  }

  private void keep(SignedStatement<Voucher> voucher) throws IOException {
    FixedWidth key =
        new FixedWidth().u8('V').hash(voucher.body().lane().lane()).u64(voucher.body().seq());
    host.store()
        .commit(
            new StoreBatch().put(Bytes.of(key.toArray()), Bytes.of(voucher.encode())),
            Store.Durability.SYNCED);
  }

  private SignedStatement<Reveal> reveal(ServedLane lane, int window) {
    Reveal reveal = new Reveal(window, lane.fixed().keys().key(window), lane.fixed().id());
    return Statement.sign(reveal, host.identity().privateKey());
  }

  private void send(ServedLane lane, int piece, Optional<Exchange> asker) throws Exception {
    byte[] tile = new byte[Tile.SIZE];
    try {
      tiles.read(lane.fixed().copy().id(), piece, tile);
    } catch (UnreadableCopy e) {
      refuse(piece, e.status(), asker);
      return;
    }
    int window = lane.fixed().keys().windows().of(piece);
    new LaneCipher().piece(lane.fixed().keys().key(window), piece, tile, tile);
    answer(piece, Status.OK, ByteBuffer.wrap(tile), asker);
    counters.count(MinerCounter.PIECES_SERVED);
  }

  private static void refuse(int piece, Status status, Optional<Exchange> asker) throws Exception {
    answer(piece, status, ByteBuffer.allocate(0), asker);
  }

  private static void answer(int piece, Status status, ByteBuffer payload, Optional<Exchange> asker)
      throws Exception {
    asker.orElseThrow().item(new GetPieces.Item(piece, status, Bytes.EMPTY).encode(), payload);
  }

  private static Status status(MinerLane.Refusal why) {
    return switch (why) {
      case NO_PIECE -> Status.NOT_FOUND;
      case TOO_OFTEN -> Status.FORBIDDEN;
      case UNPAID, OVER_CAP -> Status.PAYMENT_REQUIRED;
      case CLOSED -> Status.CONTRACT_INVALID;
    };
  }
}
