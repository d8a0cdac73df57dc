package io.ppio.incentive;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.Receipt;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.contract.PlacementRow;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.incentive.contract.Region;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Termination;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.contract.Tier;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// One of every message, with fields drawn from a seed.
public final class Samples {
  /// The keys of those who sign.
  public static final PrivateKey USER = key(1);

  /// A miner's.
  public static final PrivateKey MINER = key(2);

  /// An indexer's.
  public static final PrivateKey INDEXER = key(3);

  /// A verifier's.
  public static final PrivateKey VERIFIER = key(4);

  /// A channel's.
  public static final PrivateKey CHANNEL = key(5);

  private final Random rng;
  private final long seed;

  /// @param seed decides every field
  public Samples(long seed) {
    this.seed = seed;
    this.rng = new Random(seed);
  }

  /// A key with a small secret.
  public static PrivateKey key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return PrivateKey.of(secret);
  }

  /// How a message is read and written again.
  public record Sample(Bytes encoded, Rewrite rewrite) {
    Sample(byte[] encoded, Rewrite rewrite) {
      this(Bytes.of(encoded), rewrite);
    }

    byte[] bytes() {
      return encoded.toArray();
    }
  }

  /// Decodes bytes and encodes what came out.
  @FunctionalInterface
  public interface Rewrite {
    /// @throws MalformedMessage unless it decodes
    byte[] apply(byte[] bytes) throws MalformedMessage;
  }

  /// One of every message by name, in the order of names.
  public Map<String, Sample> all() {
    Map<String, Sample> all = new TreeMap<>();
    add(all, "SegmentOrder", () -> order().encode(), b -> SegmentOrder.decode(b).encode());
    add(all, "PathedOrder", () -> pathed().encode(), b -> PathedOrder.decode(b).encode());
    add(all, "Match", () -> match().encode(), b -> Match.decode(b).encode());
    add(all, "Offer", () -> offer().encode(), b -> Offer.decode(b).encode());
    add(all, "StageAck", () -> staged().encode(), b -> Ack.Staged.decode(b).encode());
    add(all, "StoreAck", () -> stored().encode(), b -> Ack.Stored.decode(b).encode());
    add(all, "PlacementRow", () -> row().encode(), b -> PlacementRow.decode(b).encode());
    add(all, "ProofCert", () -> certificate().encode(), b -> ProofCert.decode(b).encode());
    add(all, "DownloadOpen", () -> open().encode(), b -> DownloadOpen.decode(b).encode());
    add(all, "ChannelOpened", () -> opened().encode(), b -> ChannelOpened.decode(b).encode());
    add(all, "LaneGrant", () -> grant().encode(), b -> LaneGrant.decode(b).encode());
    add(all, "LaneRequest", () -> laneRequest().encode(), b -> LaneRequest.decode(b).encode());
    add(all, "LaneDeposit", () -> deposit().encode(), b -> LaneDeposit.decode(b).encode());
    add(all, "LaneOffer", () -> laneOffer().encode(), b -> LaneOffer.decode(b).encode());
    add(all, "Voucher", () -> voucher().encode(), b -> Voucher.decode(b).encode());
    add(all, "Reveal", () -> reveal().encode(), b -> Reveal.decode(b).encode());
    add(all, "Receipt", () -> receipt().encode(), b -> Receipt.decode(b).encode());
    requests(all);
    answers(all);
    return all;
  }

  /// Fields depend on the seed and the name alone, so that a change of one message moves no other.
  private void add(
      Map<String, Sample> all, String name, Supplier<byte[]> encoded, Rewrite rewrite) {
    rng.setSeed(seed * 31 + name.hashCode());
    all.put(name, new Sample(encoded.get(), rewrite));
  }

  /// One body of every statement.
  public List<Statement> statements() {
    return List.of(
        match().body(),
        staged().body(),
        stored().body(),
        certificate().finding(),
        open().body(),
        opened().body(),
        grant().body(),
        terms(),
        termination().body(),
        voucher().body(),
        reveal().body(),
        receipt().body());
  }

  private void requests(Map<String, Sample> all) {
    List<Supplier<IndexRequest>> requests =
        List.of(
            () ->
                new IndexRequest.Order(
                    bytes(16), List.of(pathed(), pathed()), sign(), List.of(MINER.peerId())),
            () -> new IndexRequest.Locate(List.of(hash(), hash())),
            () -> new IndexRequest.Contracts(List.of(hash())),
            () -> new IndexRequest.Offering(offer(), rng.nextInt(1000), rng.nextInt(1000)),
            () -> new IndexRequest.Watch(rng.nextInt(1000)),
            () -> new IndexRequest.Acknowledge(rng.nextBoolean() ? staged() : stored()),
            () -> new IndexRequest.Activate(hash(), hash(), certificate()),
            () -> new IndexRequest.Terminate(termination()),
            () -> new IndexRequest.Open(open(), List.of(entry())),
            () ->
                new IndexRequest.Report(
                    hash(), IndexRequest.Report.Trouble.CORRUPT, bytes(rng.nextInt(100))));
    for (int i = 0; i < requests.size(); i++) {
      int kind = i + 1;
      Supplier<IndexRequest> request = requests.get(i);
      add(
          all,
          "INDEX " + kind,
          () -> request.get().encode(),
          b -> IndexCodec.decode(wrapped(kind, b)).encode());
    }
  }

  private static Bytes wrapped(int kind, byte[] body) {
    return Bytes.of(new CanonicalWriter().u32(1, kind).bytes(2, Bytes.of(body)).toBytes());
  }

  private void answers(Map<String, Sample> all) {
    add(
        all,
        "INDEX Matched",
        () ->
            new IndexAnswer.Matched(
                    List.of(new IndexAnswer.Matched.Holder(match(), bytes(50))), "no room")
                .encode(),
        b -> IndexAnswer.Matched.decode(b).encode());
    add(
        all,
        "INDEX Located",
        () ->
            new IndexAnswer.Located(
                    List.of(
                        new IndexAnswer.Located.Copy(row(), ContractState.AVAILABLE, bytes(50))))
                .encode(),
        b -> IndexAnswer.Located.decode(b).encode());
    add(
        all,
        "INDEX ContractList",
        () -> new IndexAnswer.ContractList(standings()).encode(),
        b -> IndexAnswer.ContractList.decode(b).encode());
    add(
        all,
        "INDEX Happened",
        () ->
            new IndexAnswer.Happened(rng.nextInt(99), hash(), IndexAnswer.Happened.What.DROP)
                .encode(),
        b -> IndexAnswer.Happened.decode(b).encode());
    add(
        all,
        "INDEX Opened",
        () -> new IndexAnswer.Opened(rng.nextInt(99), sign(), List.of(grant(), grant())).encode(),
        b -> IndexAnswer.Opened.decode(b).encode());
  }

  private List<IndexAnswer.ContractList.Standing> standings() {
    List<IndexAnswer.Evidence> evidence =
        List.of(
            new IndexAnswer.Evidence.None(),
            new IndexAnswer.Evidence.Acked(staged()),
            new IndexAnswer.Evidence.Acked(stored()),
            new IndexAnswer.Evidence.Certified(certificate()));
    return evidence.stream()
        .map(e -> new IndexAnswer.ContractList.Standing(hash(), ContractState.PENDING, e, amount()))
        .toList();
  }

  private Hash hash() {
    return new Hash(bytes(Hash.SIZE));
  }

  private Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    rng.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private BigInteger amount() {
    return new BigInteger(rng.nextInt(127), rng);
  }

  private Signature sign() {
    return VERIFIER.sign(hash());
  }

  /// An order.
  public SegmentOrder order() {
    int copies = 1 + rng.nextInt(10);
    return new SegmentOrder(
        hash(),
        USER.account(),
        rng.nextLong(),
        new Content(
            hash(),
            1 + rng.nextInt(16 << 20),
            hash(),
            rng.nextBoolean() ? List.of() : List.of(hash(), hash())),
        new Terms(copies, 1_000, 1_000 + 1 + rng.nextInt(1 << 30), amount(), rng.nextInt(1 << 30)),
        rng.nextBoolean()
            ? PlacementWish.ANY
            : new PlacementWish(
                new Region(rng.nextInt(), 0, 3, 0), rng.nextInt(3), List.of(MINER.account())),
        new SegmentOrder.Sealing(rng.nextInt(16), hash()),
        rng.nextBoolean());
  }

  private PathedOrder pathed() {
    var orders = IntStream.rangeClosed(0, rng.nextInt(5)).mapToObj(_ -> order()).toList();
    List<PathedOrder> pathed = OrderBatch.sign(orders, USER).pathed();
    return pathed.get(rng.nextInt(pathed.size()));
  }

  private SignedStatement<Match> match() {
    PathedOrder pathed = pathed();
    int copy = rng.nextInt(pathed.order().terms().copies());
    return Statement.sign(
        new Match(pathed, sign(), copy, rng.nextInt(3), MINER.publicKey(), rng.nextInt(1000)),
        INDEXER);
  }

  private Offer offer() {
    return new Offer(
        MINER.account(),
        rng.nextInt(1 << 30),
        rng.nextInt(1 << 30),
        new Offer.Asks(amount(), amount()),
        rng.nextInt(1000),
        List.of(Tier.values()).get(rng.nextInt(4)),
        rng.nextInt(1 << 30),
        new Offer.Acceptance(rng.nextBoolean(), rng.nextBoolean()));
  }

  private SignedStatement<Ack.Staged> staged() {
    return Statement.sign(new Ack.Staged(hash(), hash(), hash(), hash(), rng.nextInt(99)), MINER);
  }

  private SignedStatement<Ack.Stored> stored() {
    return Statement.sign(new Ack.Stored(hash(), hash(), hash(), hash(), rng.nextInt(99)), MINER);
  }

  private PlacementRow row() {
    return new PlacementRow(
        hash(),
        hash(),
        1 + rng.nextInt(128),
        rng.nextInt(10),
        MINER.publicKey(),
        hash(),
        rng.nextInt(16),
        hash());
  }

  private ProofCert certificate() {
    var verdict = new Finding.Verdict(Finding.Result.OK, hash());
    Finding finding =
        Finding.porep(hash(), MINER.account(), rng.nextInt(99), 1 + rng.nextInt(128), verdict);
    return ProofCert.of(
        finding,
        List.of(VERIFIER.sign(finding.signedDigest()), INDEXER.sign(finding.signedDigest())));
  }

  private SignedStatement<Termination> termination() {
    return Statement.sign(new Termination(hash(), List.of(hash(), hash())), USER);
  }

  private SegmentEntry entry() {
    return new SegmentEntry(hash(), 1 + rng.nextInt(128), hash());
  }

  private SignedStatement<DownloadOpen> open() {
    var parties = new DownloadOpen.Parties(hash(), USER.account(), CHANNEL.publicKey());
    var price = BigInteger.valueOf(rng.nextInt(1_000));
    return Statement.sign(
        DownloadOpen.of(parties, List.of(entry(), entry()), price, rng.nextInt(1 << 30)), USER);
  }

  private SignedStatement<ChannelOpened> opened() {
    return Statement.sign(new ChannelOpened(open(), rng.nextInt(99)), INDEXER);
  }

  private SignedStatement<LaneGrant> grant() {
    return Statement.sign(new LaneGrant(hash(), hash(), MINER.account(), amount()), INDEXER);
  }

  private LaneRequest laneRequest() {
    return new LaneRequest(grant(), List.of(entry(), entry()), opened());
  }

  private LaneTerms terms() {
    return new LaneTerms(hash(), hash(), hash(), 1 + rng.nextInt(64), hash());
  }

  private LaneDeposit deposit() {
    return new LaneDeposit(terms(), hash(), hash(), sign(), match());
  }

  private LaneOffer laneOffer() {
    LaneOffer offer =
        new LaneOffer(
            Statement.sign(terms(), MINER), Optional.empty(), List.of(hash(), hash(), hash()));
    return rng.nextBoolean() ? offer : offer.confirm(VERIFIER);
  }

  private SignedStatement<Voucher> voucher() {
    return Statement.sign(
        new Voucher(
            new Voucher.LaneName(hash(), hash(), hash()),
            1 + rng.nextInt(99),
            amount(),
            amount(),
            Voucher.WindowClaim.whole(rng.nextInt(128), 1 + rng.nextInt(64), hash()),
            hash(),
            rng.nextInt(1 << 30)),
        CHANNEL);
  }

  private SignedStatement<Reveal> reveal() {
    return Statement.sign(new Reveal(rng.nextInt(128), hash(), hash()), VERIFIER);
  }

  private SignedStatement<Receipt> receipt() {
    return Statement.sign(new Receipt(hash(), hash(), MINER.account(), amount()), CHANNEL);
  }
}
