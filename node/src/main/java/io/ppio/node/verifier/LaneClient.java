package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import java.util.List;

/// What a key holder says to the others about its lanes: it checks the miner, sends offers to
/// readers and vouchers to miners, and reports miners to indexers (data and proofs specification
/// 5.2). Safe for use by any number of tasks.
final class LaneClient {
  private final NodeHost host;
  private final BeaconChain chain;
  private final VerifierLog log;

  LaneClient(NodeHost host, BeaconChain chain, VerifierLog log) {
    this.host = host;
    this.chain = chain;
    this.log = log;
  }

  /// Has the miner open two blocks of `lane`, and judges its answer.
  KeyLane.Event check(HeldLane lane) throws InterruptedException {
    boolean holds;
    try {
      holds = holds(lane);
    } catch (MalformedMessage e) {
      holds = false;
    } catch (CallFailed e) {
      log.spotCheckUnanswered(lane.id(), lane.miner(), String.valueOf(e.getMessage()));
      return new KeyLane.Event.Unanswered(host.env().clock().wall());
    }
    return new KeyLane.Event.Answered(host.env().clock().wall(), holds);
  }

  private boolean holds(HeldLane lane) throws CallFailed, MalformedMessage, InterruptedException {
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
    SignedStatement<SpotAnswer> answer = SpotAnswer.decode(body.toArray());
    List<Long> positions = check.positions(newest.value(), lane.agreement().pieces());
    return answer.body().check().equals(check)
        && answer.isBy(lane.miner().publicKey())
        && lane.delivery().holds(positions, lane.keys(), answer.body().leaves());
  }

  /// Sends `reader` a confirmed offer; one that gets lost is sent again when the reader repeats its
  /// request.
  void offer(HeldLane lane, PeerId reader) throws InterruptedException {
    try {
      send(reader, lane.offer(host.identity().privateKey()), CallOptions.DEFAULT);
    } catch (CallFailed e) {
      log.offerNotDelivered(lane.id(), reader, String.valueOf(e.getMessage()));
    }
  }

  private void send(PeerId peer, LaneMessage message, CallOptions options)
      throws CallFailed, InterruptedException {
    host.peers()
        .oneway(host.directory().contact(peer), Method.LANE, LaneCodec.encode(message), options);
  }

  /// Sends the miner its copy of a voucher, which is what it redeems, without waiting for it.
  ///
  /// @param trace that of the reader's request
  void copy(HeldLane lane, SignedStatement<Voucher> voucher, long trace) {
    host.tasks()
        .serve(
            "voucher copy",
            () -> {
              try {
                send(lane.miner(), new LaneMessage.Pay(voucher), CallOptions.DEFAULT.trace(trace));
              } catch (CallFailed e) {
                log.voucherNotCopied(lane.id(), lane.miner(), String.valueOf(e.getMessage()));
              }
            });
  }

  /// Tells the first indexer that listens what is wrong with the miner's copy, without waiting.
  void report(HeldLane lane, Finding.Result result) {
    Trouble trouble = result == Finding.Result.NO_ANSWER ? Trouble.NO_ANSWER : Trouble.CORRUPT;
    Bytes report =
        IndexCodec.encode(
            new IndexRequest.Report(
                lane.deposit().match().body().contractId(), trouble, Bytes.EMPTY));
    host.tasks().serve("report", () -> report(lane, report));
  }

  private void report(HeldLane lane, Bytes report) throws InterruptedException {
    for (Contact indexer : host.directory().named(NodeRole.INDEXER)) {
      try {
        host.peers().call(indexer, Method.INDEX, report, CallOptions.DEFAULT);
        return;
      } catch (CallFailed e) {
        log.reportNotTaken(lane.id(), indexer.id(), String.valueOf(e.getMessage()));
      }
    }
  }
}
