package io.ppio.incentive.indexing;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
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
import java.util.Optional;

/// What an indexer answers to an [IndexRequest]. Refusals are error codes of the envelope, except
/// where a part of a request can fail alone.
public sealed interface IndexAnswer {
  /// Longest signed node record.
  int PEER_RECORD_MAX = 2048;

  /// Nothing to say but that it was done.
  record Done() implements IndexAnswer {}

  /// Item of ORDER: the miners of one segment, in the order of copies; fewer than asked for, or
  /// none, where too few fit.
  ///
  /// @param shortfall why copies are missing, for people; empty when none is
  record Matched(
      @Field(value = 1, count = Terms.COPIES_MAX) List<Holder> holders,
      @Field(value = 2, max = Matched.SHORTFALL_MAX) String shortfall)
      implements IndexAnswer {
    static final int SHORTFALL_MAX = 400;

    /// A match and the signed node record of its miner as the indexer has it.
    public record Holder(
        @Field(1) SignedStatement<Match> match,
        @Field(value = 2, max = PEER_RECORD_MAX, unit = "PeerRecord") Bytes peerRecord) {}

    public Matched {
      holders = List.copyOf(holders);
    }
  }

  /// Item of LOCATE: the copies of one segment.
  record Located(@Field(value = 1, count = Terms.COPIES_MAX) List<Copy> copies)
      implements IndexAnswer {
    /// One copy, its contract's state and the signed node record of its miner.
    public record Copy(
        @Field(1) PlacementRow row,
        @Field(2) ContractState state,
        @Field(value = 3, max = PEER_RECORD_MAX, unit = "PeerRecord") Bytes peerRecord) {}

    public Located {
      copies = List.copyOf(copies);
    }
  }

  /// Answer to CONTRACTS, in the order asked; contracts that are not known are left out.
  record ContractList(
      @Field(value = 1, count = IndexRequest.CONTRACTS_MAX) List<Standing> contracts)
      implements IndexAnswer {
    /// How one contract stands.
    ///
    /// @param minerAsk the miner's ask when it was matched, wei per chi
    public record Standing(
        @Field(1) Hash contract,
        @Field(2) ContractState state,
        @Field(value = 3, max = Ack.ENCODED_MAX) Optional<SignedStatement<Ack.Staged>> staged,
        @Field(value = 4, max = Ack.ENCODED_MAX) Optional<SignedStatement<Ack.Stored>> stored,
        @Field(value = 5, max = ProofCert.ENCODED_MAX) Optional<ProofCert> certificate,
        @Field(value = 6, unit = "wei per chi") BigInteger minerAsk) {
      /// How a contract stands whose miner has shown `evidence`.
      public static Standing of(
          Hash contract, ContractState state, Evidence evidence, BigInteger minerAsk) {
        Optional<SignedStatement<Ack.Staged>> staged = Optional.empty();
        Optional<SignedStatement<Ack.Stored>> stored = Optional.empty();
        Optional<ProofCert> certificate = Optional.empty();
        switch (evidence) {
          case Evidence.None _ -> {}
          case Evidence.Acked(var ack) -> {
            switch (ack.body()) {
              case Ack.Staged body ->
                  staged = Optional.of(new SignedStatement<>(body, ack.signature()));
              case Ack.Stored body ->
                  stored = Optional.of(new SignedStatement<>(body, ack.signature()));
            }
          }
          case Evidence.Certified(var proof) -> certificate = Optional.of(proof);
        }
        return new Standing(contract, state, staged, stored, certificate, minerAsk);
      }
    }

    public ContractList {
      contracts = List.copyOf(contracts);
    }
  }

  /// The newest thing that a contract's miner has shown.
  sealed interface Evidence {
    /// Its number in a store.
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
        return RecordCodec.bytes(certificate).toArray();
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
        case 3 -> new Certified(RecordCodec.decode(ProofCert.class, Bytes.of(encoded)));
        default -> throw new MalformedMessage("unknown evidence " + code);
      };
    }
  }

  /// Item of WATCH.
  ///
  /// @param seq counts up over all events for this miner
  record Happened(@Field(1) long seq, @Field(2) Hash contract, @Field(3) What what)
      implements IndexAnswer {
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
  }

  /// Answer to OPEN.
  ///
  /// @param height h, the newest final beacon
  /// @param signature the indexer's, over [io.ppio.incentive.channel.ChannelOpened]
  /// @param grants one for each miner that may serve
  record Opened(
      @Field(1) long height,
      @Field(2) Signature signature,
      @Field(value = 3, count = IndexRequest.SEGMENTS_MAX) List<SignedStatement<LaneGrant>> grants)
      implements IndexAnswer {
    public Opened {
      grants = List.copyOf(grants);
      Check.range(grants.size(), 0, IndexRequest.SEGMENTS_MAX, "grants");
    }
  }
}
