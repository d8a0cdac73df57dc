package io.ppio.incentive.indexing;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.incentive.contract.Termination;
import java.util.List;
import java.util.Optional;

/// Everything that can be asked of an indexer: the bodies of INDEX (network specification 1.10).
/// Who may ask what: docs/protocol/incentive.md. Answers: [IndexAnswer].
public sealed interface IndexRequest {
  /// Segments in one request at most.
  int SEGMENTS_MAX = 640;

  /// Contracts in one request at most.
  int CONTRACTS_MAX = 1000;

  /// A user orders copies of segments; answered by a stream of [IndexAnswer.Matched], one a
  /// segment. Repeating it with the same batch matches nothing twice.
  ///
  /// @param batch names the batch over all requests that belong to it, 16 bytes
  /// @param rootSignature the user's, over the batch root
  /// @param near miners that the user would like, nearest first
  @Sent(
      from = "user",
      to = "indexer",
      answer = IndexAnswer.Matched.class,
      items = "one for each order")
  record Order(
      @Field(value = 1, size = Order.BATCH_SIZE) Bytes batch,
      @Field(value = 2, count = SEGMENTS_MAX) List<PathedOrder> orders,
      @Field(3) Signature rootSignature,
      @Field(value = 4, count = Order.NEAR_MAX) List<PeerId> near)
      implements IndexRequest {
    static final int BATCH_SIZE = 16;

    /// Neighbours in one order at most.
    public static final int NEAR_MAX = 16;

    public Order {
      Check.size(batch, BATCH_SIZE, "batch");
      orders = List.copyOf(orders);
      near = List.copyOf(near);
    }
  }

  /// Where the copies of segments are; answered by a stream of [IndexAnswer.Located], one a
  /// segment.
  @Sent(
      from = "anyone",
      to = "indexer",
      answer = IndexAnswer.Located.class,
      items = "one for each segment")
  record Locate(@Field(value = 1, count = SEGMENTS_MAX) List<Hash> segments)
      implements IndexRequest {

    public Locate {
      segments = List.copyOf(segments);
    }
  }

  /// How contracts stand; answered by [IndexAnswer.ContractList].
  @Sent(from = "anyone", to = "indexer", answer = IndexAnswer.ContractList.class)
  record Contracts(@Field(value = 1, count = CONTRACTS_MAX) List<Hash> contracts)
      implements IndexRequest {

    public Contracts {
      contracts = List.copyOf(contracts);
    }
  }

  /// A miner's offer and how it stands, every 5 s; answered by [IndexAnswer.Done].
  ///
  /// @param freeTiles tiles that it could take now
  /// @param backlogMillis how long it will seal what it has staged
  @Sent(from = "miner", to = "indexer", answer = IndexAnswer.Done.class)
  record Offering(
      @Field(1) Offer offer,
      @Field(value = 2, max = 1L << 40, unit = "tiles") long freeTiles,
      @Field(value = 3, max = 1L << 40, unit = "ms") long backlogMillis)
      implements IndexRequest {

    public Offering {
      Check.range(freeTiles, 0, 1L << 40, "free tiles");
      Check.range(backlogMillis, 0, 1L << 40, "backlog");
    }
  }

  /// A miner listens to what happens to its contracts; answered by a stream of
  /// [IndexAnswer.Happened] without end.
  ///
  /// @param since events with a larger number are sent
  @Sent(from = "miner", to = "indexer", answer = IndexAnswer.Happened.class, items = "without end")
  record Watch(@Field(1) long since) implements IndexRequest {}

  /// A miner acknowledges a copy; answered by [IndexAnswer.Done] once the indexer recorded it.
  /// Field 1 is a StageAck, field 2 a StoreAck; exactly one is there.
  @Sent(from = "miner", to = "indexer", answer = IndexAnswer.Done.class)
  record Acknowledge(
      @Field(value = 1, max = Ack.ENCODED_MAX, absent = "it is stored")
          Optional<SignedStatement<Ack.Staged>> staged,
      @Field(value = 2, max = Ack.ENCODED_MAX, absent = "it is staged")
          Optional<SignedStatement<Ack.Stored>> stored)
      implements IndexRequest {
    public Acknowledge {
      Check.sound(staged.isPresent() != stored.isPresent(), "one acknowledgement is needed");
    }

    /// Of either form.
    public static Acknowledge of(SignedStatement<? extends Ack> ack) {
      return switch (ack.body()) {
        case Ack.Staged staged ->
            new Acknowledge(
                Optional.of(new SignedStatement<>(staged, ack.signature())), Optional.empty());
        case Ack.Stored stored ->
            new Acknowledge(
                Optional.empty(), Optional.of(new SignedStatement<>(stored, ack.signature())));
      };
    }

    /// The one that is there.
    public SignedStatement<? extends Ack> ack() {
      return staged.isPresent() ? staged.get() : stored.orElseThrow();
    }
  }

  /// A miner shows that its copy is proven; answered by [IndexAnswer.Done].
  ///
  /// @param sealedRoot RT
  @Sent(from = "miner", to = "indexer", answer = IndexAnswer.Done.class)
  record Activate(
      @Field(1) Hash contract,
      @Field(2) Hash sealedRoot,
      @Field(value = 3, max = ProofCert.ENCODED_MAX) ProofCert certificate)
      implements IndexRequest {}

  /// A user ends contracts; answered by [IndexAnswer.Done] once all of them ended, also where some
  /// had before. The signature must be that of the account whose contracts they are.
  @Sent(from = "user", to = "indexer", answer = IndexAnswer.Done.class)
  record Terminate(SignedStatement<Termination> termination) implements IndexRequest {}

  /// A user opens a download channel; answered by [IndexAnswer.Opened].
  @Sent(from = "user", to = "indexer", answer = IndexAnswer.Opened.class)
  record Open(
      @Field(1) SignedStatement<DownloadOpen> open,
      @Field(value = 2, count = SEGMENTS_MAX) List<SegmentEntry> segments)
      implements IndexRequest {

    public Open {
      segments = List.copyOf(segments);
    }
  }

  /// Somebody could not read a copy; answered by [IndexAnswer.Done].
  ///
  /// @param evidence what shows it, if anything does
  @Sent(from = "user", to = "indexer", answer = IndexAnswer.Done.class)
  record Report(
      @Field(1) Hash contract,
      @Field(2) Trouble trouble,
      @Field(value = 3, max = Report.EVIDENCE_MAX) Bytes evidence)
      implements IndexRequest {

    /// Longest evidence: a ciphered tile and its paths.
    public static final int EVIDENCE_MAX = 160 << 10;

    /// What is wrong. Numbers on the wire are fixed: 1 to 3.
    public enum Trouble implements Coded {
      /// The miner says that it has it no more.
      LOST(1),
      /// The bytes were wrong.
      CORRUPT(2),
      /// The miner did not answer.
      NO_ANSWER(3);

      private final int code;

      Trouble(int code) {
        this.code = code;
      }

      @Override
      public int code() {
        return code;
      }
    }
  }
}
