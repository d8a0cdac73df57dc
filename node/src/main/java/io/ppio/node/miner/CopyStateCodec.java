package io.ppio.node.miner;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.node.miner.CopyState.Certified;
import io.ppio.node.miner.CopyState.Damaged;
import io.ppio.node.miner.CopyState.InPlot;
import io.ppio.node.miner.CopyState.Left;
import io.ppio.node.miner.CopyState.Lost;
import io.ppio.node.miner.CopyState.Proven;
import io.ppio.node.miner.CopyState.Recorded;
import io.ppio.node.miner.CopyState.Seal;
import io.ppio.node.miner.CopyState.Sealed;
import io.ppio.node.miner.CopyState.Staged;
import java.util.Optional;

/// The bytes of a [CopyState] in the store: 1 which state, 2 its flag (told, or still staged; what
/// is left of a lost copy), 3 seal, 4 receipt, 5 certificate, 6 the state before the damage, 7 the
/// replica id of a lost copy.
final class CopyStateCodec {
  static final int ENCODED_MAX = 16 << 10;

  private static final int PART_MAX = 8 << 10;
  private static final int STAGED = 1;
  private static final int SEALED = 2;
  private static final int RECORDED = 3;
  private static final int CERTIFIED = 4;
  private static final int PROVEN = 5;
  private static final int LOST = 6;
  private static final int DAMAGED = 7;

  private CopyStateCodec() {}

  static byte[] encode(CopyState state) {
    CanonicalWriter out = new CanonicalWriter();
    return switch (state) {
      case Staged(boolean told) -> out.u32(1, STAGED).bool(2, told).toBytes();
      case Sealed(var seal, boolean told) ->
          out.u32(1, SEALED).bool(2, told).message(3, encode(seal)).toBytes();
      case Recorded(var seal, var receipt) ->
          out.u32(1, RECORDED).message(3, encode(seal)).message(4, receipt.encode()).toBytes();
      case Certified(var seal, var cert) ->
          out.u32(1, CERTIFIED)
              .message(3, encode(seal))
              .message(5, RecordCodec.bytes(cert).toArray())
              .toBytes();
      case Proven(var seal, boolean staged) ->
          out.u32(1, PROVEN).bool(2, staged).message(3, encode(seal)).toBytes();
      case Damaged(var before) -> out.u32(1, DAMAGED).message(6, encode(before)).toBytes();
      case Lost(var rid, Left left) -> {
        out.u32(1, LOST).u32(2, left.code());
        rid.ifPresent(known -> out.hash(7, known));
        yield out.toBytes();
      }
    };
  }

  private static byte[] encode(Seal seal) {
    return new CanonicalWriter()
        .hash(1, seal.rid())
        .hash(2, seal.root())
        .message(3, seal.ack().encode())
        .message(4, seal.commitment().encode())
        .toBytes();
  }

  static CopyState decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, CopyStateCodec::read);
  }

  private static CopyState read(CanonicalReader in) throws MalformedMessage {
    return switch (in.u32(1)) {
      case STAGED -> new Staged(in.bool(2));
      case SEALED -> {
        boolean told = in.bool(2);
        yield new Sealed(seal(in), told);
      }
      case RECORDED -> new Recorded(seal(in), in.message(4, PART_MAX, SealReceipt::decode));
      case CERTIFIED ->
          new Certified(seal(in), in.message(5, PART_MAX, RecordCodec.of(ProofCert.class)::decode));
      case PROVEN -> {
        boolean staged = in.bool(2);
        yield new Proven(seal(in), staged);
      }
      case DAMAGED -> {
        if (in.message(6, ENCODED_MAX, CopyStateCodec::decode) instanceof InPlot before) {
          yield new Damaged(before);
        }
        throw new MalformedMessage("damage to what was not in the plot");
      }
      case LOST -> {
        Left left = Coded.of(Left.values(), in.u32(2));
        yield new Lost(in.has(7) ? Optional.of(in.hash(7)) : Optional.empty(), left);
      }
      default -> throw new MalformedMessage("unknown state of a copy");
    };
  }

  private static Seal seal(CanonicalReader in) throws MalformedMessage {
    return in.message(
        3,
        PART_MAX,
        bytes ->
            CanonicalReader.whole(
                bytes,
                seal ->
                    new Seal(
                        seal.hash(1),
                        seal.hash(2),
                        seal.message(3, Ack.ENCODED_MAX, Ack.Stored::decode),
                        seal.message(4, PART_MAX, SealCommit::decode))));
  }
}
