package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import java.util.List;

/// Asks a miner to open two blocks of a lane and judges the answer (data and proofs specification
/// 5.2, steps 5 to 8).
final class SpotChecks {
  private final NodeHost host;
  private final BeaconChain chain;

  SpotChecks(NodeHost host, BeaconChain chain) {
    this.host = host;
    this.chain = chain;
  }

  /// Whether the miner of `lane` opens what is asked for, under its signature.
  ///
  /// @throws CallFailed when it does not answer in time
  /// @throws MalformedMessage when its answer is none
  boolean holds(HeldLane lane) throws CallFailed, MalformedMessage, InterruptedException {
    BeaconTip newest = chain.tip();
    byte[] nonce = new byte[Hash.SIZE];
    host.env().secret(nonce);
    SpotCheck check = new SpotCheck(lane.id(), newest.epoch(), Hash.of(nonce));
    Bytes body =
        host.peers()
            .call(
                host.directory().contact(lane.miner()),
                Method.PROOF,
                ProofCodec.encode(new ProofMessage.CheckSpot(check)),
                CallOptions.DEFAULT.within(KeyLane.SPOT_DEADLINE))
            .body();
    SpotAnswer answer = SpotAnswer.decode(body.toArray());
    Hash digest = Statement.digest(SpotAnswer.STATEMENT, answer.body());
    List<Long> positions = check.positions(newest.value(), lane.agreement().pieces());
    return answer.check().equals(check)
        && Signature.decode(answer.signature().toArray()).isBy(lane.miner(), digest)
        && lane.delivery().holds(positions, lane.keys(), answer.leaves());
  }
}
