package io.ppio.incentive.indexing;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.PlacementRow;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.incentive.contract.Terms;
import java.math.BigInteger;
import java.util.List;

/// What an indexer answers to an [IndexRequest]. Refusals are error codes of the envelope, except
/// where a part of a request can fail alone.
public sealed interface IndexAnswer {
  /// Longest signed node record.
  int PEER_RECORD_MAX = 2048;

  /// The body in canonical protobuf.
  byte[] encode();

  /// Nothing to say but that it was done.
  record Done() implements IndexAnswer {
    @Override
    public byte[] encode() {
      return new byte[0];
    }

    /// Decodes an empty body.
    public static Done decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(body, _ -> new Done());
    }
  }

  /// Item of ORDER: the miners of one segment, in the order of copies; fewer than asked for, or
  /// none, where too few fit.
  ///
  /// @param shortfall why copies are missing, for people; empty when none is
  record Matched(List<Holder> holders, String shortfall) implements IndexAnswer {
    private static final int SHORTFALL_MAX = 400;

    /// A match and the signed node record of its miner as the indexer has it.
    public record Holder(SignedStatement<Match> match, Bytes peerRecord) {
      static final int ENCODED_MAX = Match.ENCODED_MAX + PEER_RECORD_MAX + 16;

      byte[] encode() {
        return new CanonicalWriter().message(1, match.encode()).bytes(2, peerRecord).toBytes();
      }

      static Holder decode(byte[] encoded) throws MalformedMessage {
        return CanonicalReader.whole(
            encoded,
            in ->
                new Holder(
                    in.message(1, Match.ENCODED_MAX, Match::decode), in.bytes(2, PEER_RECORD_MAX)));
      }
    }

    public Matched {
      holders = List.copyOf(holders);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter().list(1, holders, Holder::encode).string(2, shortfall).toBytes();
    }

    /// Decodes one item.
    public static Matched decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Matched(
                  in.list(1, Terms.COPIES_MAX, Holder.ENCODED_MAX, Holder::decode),
                  in.string(2, SHORTFALL_MAX)));
    }
  }

  /// Item of LOCATE: the copies of one segment.
  record Located(List<Copy> copies) implements IndexAnswer {
    /// One copy, its contract's state and the signed node record of its miner.
    public record Copy(PlacementRow row, ContractState state, Bytes peerRecord) {
      static final int ENCODED_MAX = PlacementRow.ENCODED_MAX + PEER_RECORD_MAX + 16;

      byte[] encode() {
        return new CanonicalWriter()
            .message(1, row.encode())
            .u32(2, state.code())
            .bytes(3, peerRecord)
            .toBytes();
      }

      static Copy decode(byte[] encoded) throws MalformedMessage {
        return CanonicalReader.whole(
            encoded,
            in ->
                new Copy(
                    in.message(1, PlacementRow.ENCODED_MAX, PlacementRow::decode),
                    Coded.of(ContractState.values(), in.u32(2)),
                    in.bytes(3, PEER_RECORD_MAX)));
      }
    }

    public Located {
      copies = List.copyOf(copies);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter().list(1, copies, Copy::encode).toBytes();
    }

    /// Decodes one item.
    public static Located decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body, in -> new Located(in.list(1, Terms.COPIES_MAX, Copy.ENCODED_MAX, Copy::decode)));
    }
  }

  /// Answer to CONTRACTS, in the order asked; contracts that are not known are left out.
  record ContractList(List<Standing> contracts) implements IndexAnswer {
    /// How one contract stands.
    ///
    /// @param minerAsk the miner's ask when it was matched, wei per chi
    public record Standing(
        Hash contract, ContractState state, Evidence evidence, BigInteger minerAsk) {
      static final int ENCODED_MAX = ProofCert.ENCODED_MAX + 128;

      byte[] encode() {
        return new CanonicalWriter()
            .hash(1, contract)
            .u32(2, state.code())
            .u32(3, evidence.code())
            .bytes(4, evidence.encode())
            .amount(5, minerAsk)
            .toBytes();
      }

      static Standing decode(byte[] encoded) throws MalformedMessage {
        return CanonicalReader.whole(
            encoded,
            in ->
                new Standing(
                    in.hash(1),
                    Coded.of(ContractState.values(), in.u32(2)),
                    Evidence.decode(in.u32(3), in.bytes(4, ProofCert.ENCODED_MAX).toArray()),
                    in.amount(5)));
      }
    }

    public ContractList {
      contracts = List.copyOf(contracts);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter().list(1, contracts, Standing::encode).toBytes();
    }

    /// Decodes one answer.
    public static ContractList decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new ContractList(
                  in.list(1, IndexRequest.CONTRACTS_MAX, Standing.ENCODED_MAX, Standing::decode)));
    }
  }

  /// The newest thing that a contract's miner has shown.
  sealed interface Evidence {
    /// Its number on the wire.
    int code();

    /// Its bytes.
    byte[] encode();

    /// Nothing yet.
    record None() implements Evidence {
      @Override
      public int code() {
        return 0;
      }

      @Override
      public byte[] encode() {
        return new byte[0];
      }
    }

    /// An acknowledgement: 1 a StageAck, 2 a StoreAck.
    record Acked(SignedStatement<? extends Ack> ack) implements Evidence {
      @Override
      public int code() {
        return switch (ack.body()) {
          case Ack.Staged _ -> 1;
          case Ack.Stored _ -> 2;
        };
      }

      @Override
      public byte[] encode() {
        return ack.encode();
      }
    }

    /// A certificate: 3.
    record Certified(ProofCert certificate) implements Evidence {
      @Override
      public int code() {
        return 3;
      }

      @Override
      public byte[] encode() {
        return certificate.encode();
      }
    }

    /// Decodes the evidence with this code.
    static Evidence decode(int code, byte[] encoded) throws MalformedMessage {
      return switch (code) {
        case 0 -> {
          if (encoded.length > 0) {
            throw new MalformedMessage("evidence without a code");
          }
          yield new None();
        }
        case 1 -> new Acked(Ack.Staged.decode(encoded));
        case 2 -> new Acked(Ack.Stored.decode(encoded));
        case 3 -> new Certified(ProofCert.decode(encoded));
        default -> throw new MalformedMessage("unknown evidence " + code);
      };
    }
  }

  /// Item of WATCH.
  ///
  /// @param seq counts up over all events for this miner
  record Happened(long seq, Hash contract, What what) implements IndexAnswer {
    /// What happened to a contract. Numbers on the wire are fixed: 1 and 2.
    public enum What implements Coded {
      /// Free the tiles.
      DROP(1),
      /// It expired: free the tiles.
      EXPIRED(2);

      private final int code;

      What(int code) {
        this.code = code;
      }

      @Override
      public int code() {
        return code;
      }
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter().u64(1, seq).hash(2, contract).u32(3, what.code()).toBytes();
    }

    /// Decodes one item.
    public static Happened decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body, in -> new Happened(in.u64(1), in.hash(2), Coded.of(What.values(), in.u32(3))));
    }
  }

  /// Answer to OPEN.
  ///
  /// @param height h, the newest final beacon
  /// @param signature the indexer's, over [io.ppio.incentive.channel.ChannelOpened]
  /// @param grants one for each miner that may serve
  record Opened(long height, Signature signature, List<SignedStatement<LaneGrant>> grants)
      implements IndexAnswer {
    public Opened {
      grants = List.copyOf(grants);
      Check.range(grants.size(), 0, IndexRequest.SEGMENTS_MAX, "grants");
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter()
          .u64(1, height)
          .bytes(2, signature.bytes())
          .list(3, grants, SignedStatement::encode)
          .toBytes();
    }

    /// Decodes one answer.
    public static Opened decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Opened(
                  in.u64(1),
                  in.message(2, Signature.SIZE, Signature::decode),
                  in.list(3, IndexRequest.SEGMENTS_MAX, LaneGrant.ENCODED_MAX, LaneGrant::decode)));
    }
  }
}
