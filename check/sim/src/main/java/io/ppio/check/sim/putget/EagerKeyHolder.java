package io.ppio.check.sim.putget;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Service;
import io.ppio.node.host.NodeHost;
import java.util.HashMap;
import java.util.Map;

/// A key holder's LANE service with a bug: it gives the key of a window to whoever asks, before it
/// has looked at the voucher, let alone kept it.
final class EagerKeyHolder implements Service {
  private final NodeHost host;
  private final Service real;
  private final Map<Hash, LaneKeys> lanes = new HashMap<>();

  EagerKeyHolder(NodeHost host, Service real) {
    this.host = host;
    this.real = real;
  }

  @Override
  public void serve(Exchange exchange) throws Exception {
    LaneMessage message = LaneCodec.decode(exchange.body());
    if (message instanceof LaneDeposit deposit) {
      remember(exchange, deposit);
    } else if (message instanceof LaneMessage.Pay(var signed)) {
      Voucher voucher = signed.body();
      Hash lane = voucher.lane().lane();
      if (lanes.containsKey(lane)) {
        int window = voucher.window().index();
        Reveal reveal = new Reveal(window, lanes.get(lane).key(window), lane);
        exchange.reply(Bytes.of(Statement.sign(reveal, host.identity().privateKey()).encode()));
        return;
      }
    }
    real.serve(exchange);
  }

  private void remember(Exchange exchange, LaneDeposit deposit) {
    Hash lane =
        LaneKeys.lane(
            deposit.terms().channel(), exchange.peer().keyHash(), deposit.terms().segment());
    int pieces = deposit.match().body().order().content().tiles();
    lanes.put(
        lane, new LaneKeys(deposit.secret(), new Windows(pieces, deposit.terms().windowPieces())));
  }
}
