package io.ppio.node.host;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.beacon.SeatSignature;
import io.ppio.consensus.beacon.Seats;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Codec;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.proof.porep.OpenedLeaf;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.data.proof.porep.SealCheck;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.fixtures.Samples;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.CompactContact;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transfer.CopyFrom;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.PieceSet;
import io.ppio.network.transfer.PutAbort;
import io.ppio.network.transfer.PutCommit;
import io.ppio.network.transfer.PutOpen;
import io.ppio.network.transfer.PutPiece;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transfer.TransferMessage;
import io.ppio.network.wire.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One of every message between nodes, by a seed.
final class MessageSamples {
  /// Verifiers of the genesis that beacon messages are read with.
  static final int PLACES = 3;

  private final Random rng;
  private final Samples incentive;

  MessageSamples(long seed) {
    this.rng = new Random(seed);
    this.incentive = new Samples(seed);
  }

  /// A message, by the name of its record.
  record Sample(Record message, Codec<Record> codec) {
    String name() {
      return MessagePage.name(part().getClass());
    }

    /// The message, or the one of the beacon that it carries, or what is signed.
    Record part() {
      return switch (message) {
        case ProofMessage.MakeBeacon(var about) -> (Record) about;
        case SignedStatement<?>(var body, _) -> (Record) body;
        default -> message;
      };
    }
  }

  List<Sample> all() {
    List<Sample> all = new ArrayList<>();
    transfers().forEach(message -> all.add(sample(message)));
    incentive.messages().forEach(message -> all.add(sample(message)));
    proofs().forEach(message -> all.add(sample(message)));
    answers().forEach(message -> all.add(sample(message)));
    return all;
  }

  private static Sample sample(Record message) {
    return new Sample(
        message,
        switch (message) {
          case LaneMessage _ ->
              codec(it -> LaneCodec.encode((LaneMessage) it), it -> (Record) LaneCodec.decode(it));
          case IndexRequest _ ->
              codec(
                  it -> IndexCodec.encode((IndexRequest) it), it -> (Record) IndexCodec.decode(it));
          case IndexAnswer answer ->
              codec(
                  it -> IndexCodec.encode((IndexAnswer) it),
                  it -> (Record) IndexCodec.answer(answer.getClass(), it));
          case ProofMessage _ ->
              codec(
                  it -> ProofCodec.encode((ProofMessage) it),
                  it -> (Record) ProofCodec.decode(it, PLACES));
          case TransferMessage transfer ->
              codec(
                  it -> ((TransferMessage) it).encode(),
                  it -> (Record) TransferCodec.decode(transfer.getClass(), it));
          case BeaconMessage.Entries _ ->
              codec(
                  it -> ((BeaconMessage.Entries) it).encode(),
                  it -> BeaconMessage.Entries.decode(it, PLACES));
          case SignedStatement<?>(var body, _) ->
              codec(
                  it -> Bytes.of(((SignedStatement<?>) it).encode()),
                  it ->
                      switch (body) {
                        case Reveal _ -> Reveal.decode(it.toArray());
                        case SealReceipt _ -> SealReceipt.decode(it.toArray());
                        default -> SpotAnswer.decode(it.toArray());
                      });
          default -> codec(RecordCodec::bytes, it -> RecordCodec.decode(message.getClass(), it));
        });
  }

  private static Codec<Record> codec(Codec.Encoder<Record> encoder, Codec.Decoder<Record> decoder) {
    return new Codec<>(encoder, decoder);
  }

  private Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    rng.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private Hash hash() {
    return new Hash(bytes(Hash.SIZE));
  }

  private static Contact contact() {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});
      Contact known = Contact.of(Samples.MINER.peerId(), new InetSocketAddress(address, 8050));
      return CompactContact.decode(CompactContact.encode(known).orElseThrow().toArray());
    } catch (UnknownHostException | MalformedMessage e) {
      throw new IllegalStateException("an address is no contact", e);
    }
  }

  private List<Record> transfers() {
    Bytes upload = bytes(16);
    Bytes proof = bytes(1 + 7 * Hash.SIZE);
    var forward = new PutOpen.Forward(contact(), hash(), bytes(5));
    int size = 1 + rng.nextInt(1 << 24);
    return List.of(
        new SegmentMap(hash(), ReadMode.POD, bytes(5), rng.nextBoolean()),
        new SegmentMap.Answer(
            size, 1 + rng.nextInt(128), PieceSet.first(3), hash(), bytes(64), hash().bytes()),
        new GetPieces(
            hash(),
            List.of(0, rng.nextInt(128)),
            List.of(10, 300),
            ReadMode.PLAIN,
            bytes(5),
            true,
            GetPieces.Range.ALL),
        new GetPieces.Item(rng.nextInt(128), Status.OK, proof),
        new PutOpen(upload, hash(), hash(), size, hash(), bytes(32), List.of(forward), 2, bytes(5)),
        new PutOpen.Answer(PieceSet.first(rng.nextInt(128)), rng.nextInt(1 << 30)),
        new PutPiece(upload, rng.nextInt(128), proof),
        new PutCommit(upload),
        new PutCommit.Answer(bytes(9)),
        new PutAbort(upload, rng.nextInt(9)),
        new CopyFrom(hash(), contact(), hash(), bytes(5)),
        new CopyFrom.Answer(bytes(16)));
  }

  private MerklePath path() {
    return new MerklePath(IntStream.range(0, 2).mapToObj(_ -> hash()).toList());
  }

  private SignedStatement<SealCommit> commit() {
    var commit =
        new SealCommit(new ReplicaId(hash()), List.of(hash()), hash(), hash(), rng.nextInt(10_000));
    return Statement.sign(commit, Samples.MINER);
  }

  private SignedStatement<SealReceipt> receipt() {
    return Statement.sign(
        new SealReceipt(hash(), new ReplicaId(hash()), hash(), rng.nextInt(99)), Samples.MINER);
  }

  private SpotCheck spotCheck() {
    return new SpotCheck(hash(), rng.nextInt(99), hash());
  }

  private List<Record> proofs() {
    var check = new SealCheck(List.of(new OpenedLeaf(bytes(Tile.BLOCK), path())));
    var proof = new PorepProof(bytes(20), commit(), receipt(), rng.nextInt(99), List.of(check));
    Seats reveals = Seats.empty(PLACES).with(0, hash()).with(2, hash());
    long epoch = 1L + rng.nextInt(99);
    Stream<BeaconMessage> beacon =
        Stream.of(
            new BeaconMessage.Commit(epoch, hash()),
            new BeaconMessage.Reveal(epoch, hash()),
            new BeaconMessage.Proposal(epoch, epoch - 1, reveals),
            new BeaconMessage.Query(rng.nextInt(99)));
    return Stream.concat(
            Stream.<Record>of(
                new ProofMessage.RecordSeal(new PorepRequest(bytes(20), commit())),
                new ProofMessage.ProveReplica(Statement.sign(proof, Samples.MINER)),
                new ProofMessage.CheckSpot(spotCheck())),
            beacon.map(ProofMessage.MakeBeacon::new))
        .toList();
  }

  private List<Record> answers() {
    Seats reveals = Seats.empty(PLACES).with(1, hash());
    var signature = new SeatSignature(1, Samples.MINER.sign(hash()));
    var entry = new FinalBeacon(7, 6, hash(), List.of(signature), reveals);
    var leaf = new SpotAnswer.Leaf(bytes(Tile.BLOCK), path(), path());
    var record = PeerRecord.of(Samples.MINER.peerId(), rng.nextInt(99), 1, contact().endpoints());
    return List.of(
        Statement.sign(new Reveal(rng.nextInt(128), hash(), hash()), Samples.MINER),
        new BeaconMessage.Entries(List.of(entry)),
        receipt(),
        Statement.sign(new SpotAnswer(spotCheck(), List.of(leaf)), Samples.MINER),
        new SignatureAnswer(Samples.MINER.sign(hash())),
        new DirectoryQuery(0, NodeRole.INDEXER.code(), rng.nextInt(99)),
        DirectoryAnswer.signed(rng.nextInt(99), List.of(record), Samples.MINER));
  }
}
