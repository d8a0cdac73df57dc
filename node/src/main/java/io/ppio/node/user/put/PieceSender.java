package io.ppio.node.user.put;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Promise;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transfer.PieceSet;
import io.ppio.network.transfer.PutCommit;
import io.ppio.network.transfer.PutOpen;
import io.ppio.network.transfer.PutPiece;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Peers;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.put.SegmentOrders.Target;
import io.ppio.node.user.task.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Sends one segment to one miner.
final class PieceSender {
  /// Pieces on their way to one miner at once.
  private static final int DEPTH = 8;

  private final NodeHost host;
  private final SegmentBody body;
  private final Target target;
  private final Bytes upload;
  private final IntConsumer sent;

  /// @param sent told the bytes of each piece that the miner has
  PieceSender(NodeHost host, SegmentBody body, Target target, IntConsumer sent) {
    this.host = host;
    this.body = body;
    this.target = target;
    this.upload = PutOpen.uploadId(target.contract());
    this.sent = sent;
  }

  /// Sends what the miner does not have yet and waits until all is safe on its disk.
  ///
  /// @param recorded done once the contract is in our journal: a copy that we forgot could never be
  ///   given up
  /// @throws CallFailed when the miner refuses or cannot be reached
  /// @throws MalformedMessage when its acknowledgement is worth nothing
  SignedStatement<Ack.Staged> send(Promise<Boolean> recorded)
      throws CallFailed, MalformedMessage, InterruptedException {
    PutOpen.Answer open =
        TransferCodec.decode(
            PutOpen.Answer.class,
            peers().call(target.contact(), Method.PUT_OPEN, open().encode(), options()).body());
    sendPieces(open.have());
    await(recorded);
    PutCommit.Answer answer =
        TransferCodec.decode(
            PutCommit.Answer.class,
            peers()
                .call(
                    target.contact(), Method.PUT_COMMIT, new PutCommit(upload).encode(), options())
                .body());
    SignedStatement<Ack.Staged> ack = Ack.Staged.decode(answer.stageAck().toArray());
    check(ack);
    return ack;
  }

  private PutOpen open() {
    Match match = target.match().body();
    FixedWidth leaves = new FixedWidth();
    body.tree().tileRoots().forEach(leaves::hash);
    return new PutOpen(
        upload,
        target.contract(),
        body.chunkHash(),
        body.size(),
        body.tree().root(),
        Bytes.of(leaves.toArray()),
        List.of(),
        match.order().sealing().profile(),
        Bytes.of(target.match().encode()));
  }

  private void sendPieces(PieceSet have) throws CallFailed, InterruptedException {
    List<Integer> missing = new ArrayList<>();
    for (int piece = 0; piece < body.tree().tiles(); piece++) {
      if (have.has(piece)) {
        sent.accept(body.bytes(piece));
      } else {
        missing.add(piece);
      }
    }
    new Workers(host.env(), DEPTH).each(missing, CallFailed.class, this::sendPiece);
  }

  private void sendPiece(int piece) throws CallFailed, InterruptedException {
    peers()
        .call(
            target.contact(),
            Method.PUT_PIECE,
            new PutPiece(upload, piece, Bytes.EMPTY).encode(),
            options().payload(body.piece(piece)));
    sent.accept(body.bytes(piece));
  }

  private static void await(Promise<Boolean> recorded) throws InterruptedException {
    try {
      recorded.await();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the journal of an upload failed", e);
    }
  }

  private void check(SignedStatement<Ack.Staged> signed) throws MalformedMessage, CallFailed {
    Ack.Staged ack = signed.body();
    boolean fits =
        ack.chainId().equals(host.chainId())
            && ack.contract().equals(target.contract())
            && ack.segment().equals(body.chunkHash())
            && ack.root().equals(body.tree().root());
    if (!fits || !signed.isBy(target.match().body().miner())) {
      throw new CallFailed(Status.CORRUPT, "acknowledgement of something else");
    }
  }

  private Peers peers() {
    return host.peers();
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.forFile();
  }
}
