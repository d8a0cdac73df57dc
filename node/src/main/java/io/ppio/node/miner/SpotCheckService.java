package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.Delivery;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.env.Bytes;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.util.List;

/// Answers PROOF: the key holder's question whether a lane is the cipher of the contracted segment.
/// Stateless.
final class SpotCheckService {
  private final NodeHost host;
  private final LaneTable lanes;
  private final PlainTiles tiles;
  private final BeaconFollower beacon;

  SpotCheckService(NodeHost host, LaneTable lanes, PlainTiles tiles, BeaconFollower beacon) {
    this.host = host;
    this.lanes = lanes;
    this.tiles = tiles;
    this.beacon = beacon;
  }

  /// PROOF.
  void answer(Exchange exchange) throws Exception {
    int places = host.named().verifiers().size();
    switch (ProofCodec.decode(exchange.body(), places)) {
      case ProofMessage.CheckSpot(var check) -> open(exchange, check);
      case ProofMessage.RecordSeal _, ProofMessage.ProveReplica _, ProofMessage.MakeBeacon _ ->
          throw new Refused(Status.BAD_REQUEST, "no PROOF message for miners");
    }
  }

  private void open(Exchange exchange, SpotCheck check) throws Exception {
    ServedLane.Fixed lane =
        lanes
            .find(check.lane())
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this miner serves no such lane"))
            .fixed();
    if (lane.holder().filter(exchange.peer()::equals).isEmpty()) {
      throw new Refused(Status.FORBIDDEN, "only the key holder may check");
    }
    BeaconTip epoch =
        beacon
            .await(check.height(), exchange.deadline())
            .filter(tip -> tip.epoch() == check.height())
            .orElseThrow(() -> new Refused(Status.UNAVAILABLE, "beacon is not known here"));
    List<SpotAnswer.Leaf> leaves;
    try {
      leaves =
          Delivery.open(
              check.positions(epoch.value(), lane.copy().tiles()),
              lane.keys(),
              new Delivery.Trees(lane.copy().plainTree(), lane.ciphered()),
              tiles.source(lane.copy().id()));
    } catch (UnreadableCopy e) {
      throw e.refusal();
    }
    SpotAnswer answer = new SpotAnswer(check, leaves);
    exchange.reply(Bytes.of(Statement.sign(answer, host.identity().privateKey()).encode()));
  }
}
