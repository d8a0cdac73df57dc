package io.ppio.check.sim.putget;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Service;
import io.ppio.node.host.MethodBody;
import io.ppio.node.host.NodeHost;
import java.util.HashMap;
import java.util.Map;

/// A key holder's LANE service with a bug: it gives the key of a window to whoever asks, before it
/// has looked at the voucher, let alone kept it.
final class EagerKeyHolder implements Service {
  private static final int DEPOSIT = 2;
  private static final int VOUCHER = 4;

  private final NodeHost host;
  private final Service real;
  private final Map<Hash, LaneKeys> lanes = new HashMap<>();

  EagerKeyHolder(NodeHost host, Service real) {
    this.host = host;
    this.real = real;
  }

  @Override
  public void serve(Exchange exchange) throws Exception {
    MethodBody message = MethodBody.decode(exchange.body());
    if (message.kind() == DEPOSIT) {
      remember(exchange, LaneDeposit.decode(message.body().toArray()));
    } else if (message.kind() == VOUCHER) {
      Voucher voucher = Voucher.decode(message.body().toArray()).body();
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
