package io.ppio.incentive.indexing;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
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

/// Everything that can be asked of an indexer: the bodies of INDEX (network specification 1.10).
/// Who may ask what: docs/protocol/incentive.md. Answers: [IndexAnswer].
public sealed interface IndexRequest {
  /// Segments in one request at most.
  int SEGMENTS_MAX = 640;

  /// Contracts in one request at most.
  int CONTRACTS_MAX = 1000;

  /// The body in canonical protobuf.
  byte[] encode();

  /// A user orders copies of segments; answered by a stream of [IndexAnswer.Matched], one a
  /// segment. Repeating it with the same batch matches nothing twice.
  ///
  /// @param batch names the batch over all requests that belong to it, 16 bytes
  /// @param rootSignature the user's, over the batch root
  /// @param near miners that the user would like, nearest first
  record Order(Bytes batch, List<PathedOrder> orders, Signature rootSignature, List<PeerId> near)
      implements IndexRequest {
    static final int BATCH_SIZE = 16;

    /// Neighbours in one order at most.
    public static final int NEAR_MAX = 16;

    public Order {
      Check.size(batch, BATCH_SIZE, "batch");
      orders = List.copyOf(orders);
      near = List.copyOf(near);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter()
          .bytes(1, batch)
          .list(2, orders, PathedOrder::encode)
          .bytes(3, rootSignature.bytes())
          .list(4, near, peer -> peer.bytes().toArray())
          .toBytes();
    }

    static Order decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Order(
                  in.fixedBytes(1, BATCH_SIZE),
                  in.list(2, SEGMENTS_MAX, PathedOrder.ENCODED_MAX, PathedOrder::decode),
                  in.message(3, Signature.SIZE, Signature::decode),
                  in.list(4, NEAR_MAX, PeerId.SIZE, PeerId::decode)));
    }
  }

  /// Where the copies of segments are; answered by a stream of [IndexAnswer.Located], one a
  /// segment.
  record Locate(List<Hash> segments) implements IndexRequest {

    public Locate {
      segments = List.copyOf(segments);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter().list(1, segments, Hash::toArray).toBytes();
    }

    static Locate decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body, in -> new Locate(in.list(1, SEGMENTS_MAX, Hash.SIZE, Hash::of)));
    }
  }

  /// How contracts stand; answered by [IndexAnswer.ContractList].
  record Contracts(List<Hash> contracts) implements IndexRequest {

    public Contracts {
      contracts = List.copyOf(contracts);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter().list(1, contracts, Hash::toArray).toBytes();
    }

    static Contracts decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body, in -> new Contracts(in.list(1, CONTRACTS_MAX, Hash.SIZE, Hash::of)));
    }
  }

  /// A miner's offer and how it stands, every 5 s; answered by [IndexAnswer.Done].
  ///
  /// @param freeTiles tiles that it could take now
  /// @param backlogMillis how long it will seal what it has staged
  record Offering(Offer offer, long freeTiles, long backlogMillis) implements IndexRequest {

    public Offering {
      Check.range(freeTiles, 0, 1L << 40, "free tiles");
      Check.range(backlogMillis, 0, 1L << 40, "backlog");
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter()
          .message(1, offer.encode())
          .u64(2, freeTiles)
          .u64(3, backlogMillis)
          .toBytes();
    }

    static Offering decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Offering(in.message(1, Offer.ENCODED_MAX, Offer::decode), in.u64(2), in.u64(3)));
    }
  }

  /// A miner listens to what happens to its contracts; answered by a stream of
  /// [IndexAnswer.Happened] without end.
  ///
  /// @param since events with a larger number are sent
  record Watch(long since) implements IndexRequest {

    @Override
    public byte[] encode() {
      return new CanonicalWriter().u64(1, since).toBytes();
    }

    static Watch decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(body, in -> new Watch(in.u64(1)));
    }
  }

  /// A miner acknowledges a copy; answered by [IndexAnswer.Done] once the indexer recorded it.
  /// Field 1 is a StageAck, field 2 a StoreAck; exactly one is there.
  record Acknowledge(SignedStatement<? extends Ack> ack) implements IndexRequest {

    @Override
    public byte[] encode() {
      int field =
          switch (ack.body()) {
            case Ack.Staged _ -> 1;
            case Ack.Stored _ -> 2;
          };
      return new CanonicalWriter().message(field, ack.encode()).toBytes();
    }

    static Acknowledge decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Acknowledge(
                  in.has(1)
                      ? in.message(1, Ack.ENCODED_MAX, Ack.Staged::decode)
                      : in.message(2, Ack.ENCODED_MAX, Ack.Stored::decode)));
    }
  }

  /// A miner shows that its copy is proven; answered by [IndexAnswer.Done].
  ///
  /// @param sealedRoot RT
  record Activate(Hash contract, Hash sealedRoot, ProofCert certificate) implements IndexRequest {

    @Override
    public byte[] encode() {
      return new CanonicalWriter()
          .hash(1, contract)
          .hash(2, sealedRoot)
          .message(3, certificate.encode())
          .toBytes();
    }

    static Activate decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Activate(
                  in.hash(1), in.hash(2), in.message(3, ProofCert.ENCODED_MAX, ProofCert::decode)));
    }
  }

  /// A user ends contracts; answered by [IndexAnswer.Done] once all of them ended, also where some
  /// had before. The signature must be that of the account whose contracts they are.
  record Terminate(SignedStatement<Termination> termination) implements IndexRequest {

    @Override
    public byte[] encode() {
      return termination.encode();
    }

    static Terminate decode(byte[] body) throws MalformedMessage {
      return new Terminate(Termination.decode(body));
    }
  }

  /// A user opens a download channel; answered by [IndexAnswer.Opened].
  record Open(SignedStatement<DownloadOpen> open, List<SegmentEntry> segments)
      implements IndexRequest {

    public Open {
      segments = List.copyOf(segments);
    }

    @Override
    public byte[] encode() {
      return new CanonicalWriter()
          .message(1, open.encode())
          .list(2, segments, SegmentEntry::encode)
          .toBytes();
    }

    static Open decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Open(
                  in.message(1, DownloadOpen.ENCODED_MAX, DownloadOpen::decode),
                  in.list(2, SEGMENTS_MAX, SegmentEntry.ENCODED_MAX, SegmentEntry::decode)));
    }
  }

  /// Somebody could not read a copy; answered by [IndexAnswer.Done].
  ///
  /// @param evidence what shows it, if anything does
  record Report(Hash contract, Trouble trouble, Bytes evidence) implements IndexRequest {

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

    @Override
    public byte[] encode() {
      return new CanonicalWriter()
          .hash(1, contract)
          .u32(2, trouble.code())
          .bytes(3, evidence)
          .toBytes();
    }

    static Report decode(byte[] body) throws MalformedMessage {
      return CanonicalReader.whole(
          body,
          in ->
              new Report(
                  in.hash(1), Coded.of(Trouble.values(), in.u32(2)), in.bytes(3, EVIDENCE_MAX)));
    }
  }
}
