package io.ppio.network.transfer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Codec;
import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.CompactContact;
import io.ppio.network.peer.Contact;
import io.ppio.network.wire.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Methods 30 to 44 of the network specification, section 1.10.
class TransferMessagesTest {
  private static final String H = "11".repeat(32);
  private static final Hash HASH = HexHash.of(H);
  private static final Bytes ID = Bytes.fromHex("22".repeat(16));
  private static final Bytes TOKEN = Bytes.of((byte) 5);
  private static final Codec<SegmentMap> MAP =
      new Codec<>(SegmentMap::encode, b -> TransferCodec.decode(SegmentMap.class, b));
  private static final Codec<SegmentMap.Answer> MAP_ANSWER =
      new Codec<>(SegmentMap.Answer::encode, b -> TransferCodec.decode(SegmentMap.Answer.class, b));
  private static final Codec<GetPieces> GET =
      new Codec<>(GetPieces::encode, b -> TransferCodec.decode(GetPieces.class, b));
  private static final Codec<GetPieces.Item> ITEM =
      new Codec<>(GetPieces.Item::encode, b -> TransferCodec.decode(GetPieces.Item.class, b));
  private static final Codec<PutOpen> OPEN =
      new Codec<>(PutOpen::encode, b -> TransferCodec.decode(PutOpen.class, b));
  private static final Codec<PutOpen.Answer> OPEN_ANSWER =
      new Codec<>(PutOpen.Answer::encode, b -> TransferCodec.decode(PutOpen.Answer.class, b));
  private static final Codec<PutPiece> PIECE =
      new Codec<>(PutPiece::encode, b -> TransferCodec.decode(PutPiece.class, b));
  private static final Codec<PutCommit> COMMIT =
      new Codec<>(PutCommit::encode, b -> TransferCodec.decode(PutCommit.class, b));
  private static final Codec<PutCommit.Answer> COMMIT_ANSWER =
      new Codec<>(PutCommit.Answer::encode, b -> TransferCodec.decode(PutCommit.Answer.class, b));
  private static final Codec<PutAbort> ABORT =
      new Codec<>(PutAbort::encode, b -> TransferCodec.decode(PutAbort.class, b));
  private static final Codec<CopyFrom> COPY =
      new Codec<>(CopyFrom::encode, b -> TransferCodec.decode(CopyFrom.class, b));
  private static final Codec<CopyFrom.Answer> COPY_ANSWER =
      new Codec<>(CopyFrom.Answer::encode, b -> TransferCodec.decode(CopyFrom.Answer.class, b));

  private static Contact miner() throws MalformedMessage {
    Contact known =
        Contact.of(
            TestNodes.identity("m").peerId(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 8050));
    return CompactContact.decode(CompactContact.encode(known).orElseThrow().toArray());
  }

  private static GetPieces get() {
    return new GetPieces(
        HASH, List.of(0, 127), List.of(10, 300), ReadMode.POD, TOKEN, true, GetPieces.Range.ALL);
  }

  private static PutOpen open() throws MalformedMessage {
    PutOpen.Forward forward = new PutOpen.Forward(miner(), HASH, TOKEN);
    return new PutOpen(
        ID, HASH, HASH, 131_073, HASH, HASH.bytes(), List.of(forward, forward), 2, TOKEN);
  }

  @Test
  void requestsHaveTheseBytes() throws Exception {
    MAP.exactly("0a20" + H + "10021a01052001", new SegmentMap(HASH, ReadMode.POD, TOKEN, true));
    GET.exactly("0a20" + H + "1202007f" + "1a030aac02" + "20022a01053001", get());
    PIECE.exactly("0a10" + ID.hex() + "1007", new PutPiece(ID, 7, Bytes.EMPTY));
    COMMIT.exactly("0a10" + ID.hex(), new PutCommit(ID));
    ABORT.exactly("0a10" + ID.hex() + "1003", new PutAbort(ID, 3));
    String contact = CompactContact.encode(miner()).orElseThrow().hex();
    COPY.exactly(
        "0a20" + H + "1228" + contact + "2220" + H + "2a0105",
        new CopyFrom(HASH, miner(), HASH, TOKEN));
    String forward = "3a4f" + "0a28" + contact + "1220" + H + "1a0105";
    OPEN.exactly(
        "0a10"
            + ID.hex()
            + "1220"
            + H
            + "1a20"
            + H
            + "20818008"
            + "2a20"
            + H
            + "3220"
            + H
            + forward
            + forward
            + "40024a0105",
        open());
  }

  @Test
  void answersHaveTheseBytes() throws Exception {
    String first = "0700000000000000" + "0000000000000000";
    MAP_ANSWER.exactly(
        "08e80710031a10" + first + "2220" + H + "2a20" + H + "3220" + H,
        new SegmentMap.Answer(1000, 3, PieceSet.first(3), HASH, HASH.bytes(), HASH.bytes()));
    ITEM.exactly("08051008", new GetPieces.Item(5, Status.WRONG_NETWORK, Bytes.EMPTY));
    OPEN_ANSWER.exactly("0a10" + first + "1009", new PutOpen.Answer(PieceSet.first(3), 9));
    COMMIT_ANSWER.exactly("0a0105", new PutCommit.Answer(TOKEN));
    COPY_ANSWER.exactly("0a10" + ID.hex(), new CopyFrom.Answer(ID));
  }

  @Test
  void aSetNamesThePiecesThatArePutIntoIt() {
    PieceSet set = PieceSet.first(9);
    assertTrue(set.has(0));
    assertTrue(set.has(8));
    assertFalse(set.has(9));
    assertTrue(PieceSet.first(128).has(127));
  }

  @Test
  void partsAreOfOnePlainPieceAndAligned() throws Exception {
    GetPieces.Range part = new GetPieces.Range(16 << 10, 32 << 10);
    GET.roundTrip(new GetPieces(HASH, List.of(4), List.of(), ReadMode.PLAIN, TOKEN, false, part));
    assertThrows(IllegalArgumentException.class, () -> new GetPieces.Range(1, 16 << 10));
    assertThrows(IllegalArgumentException.class, () -> new GetPieces.Range(16 << 10, 128 << 10));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GetPieces(HASH, List.of(4), List.of(), ReadMode.POD, TOKEN, false, part));
  }

  private static Bytes get(List<Long> pieces, List<Long> deadlines, int offset, int length) {
    return Bytes.of(
        new CanonicalWriter()
            .hash(1, HASH)
            .packed(2, pieces)
            .packed(3, deadlines)
            .u32(4, 1)
            .u32(7, offset)
            .u32(8, length)
            .toBytes());
  }

  @Test
  void requestsForPiecesThatContradictThemselvesAreRefused() {
    for (Bytes bad :
        List.of(
            get(List.of(), List.of(), 0, 0),
            get(List.of(128L), List.of(), 0, 0),
            get(List.of(1L), List.of(1L, 2L), 0, 0),
            get(List.of(1L), List.of(-1L), 0, 0),
            get(List.of(1L, 2L), List.of(), 0, 16 << 10),
            get(List.of(1L), List.of(), 16 << 10, 0),
            get(List.of(1L), List.of(), 128 << 10, 16 << 10),
            get(List.of(1L), List.of(), 0, 1000))) {
      assertThrows(
          MalformedMessage.class, () -> TransferCodec.decode(GetPieces.class, bad), bad::hex);
    }
  }

  @Seeds(2)
  void damagedMessagesAreRefused(RandomGenerator random) throws Exception {
    MAP.surviveDamage(new SegmentMap(HASH, ReadMode.POD, TOKEN, true), 10_000, random);
    MAP_ANSWER.surviveDamage(
        new SegmentMap.Answer(1000, 3, PieceSet.NONE, HASH, HASH.bytes(), Bytes.EMPTY),
        10_000,
        random);
    GET.surviveDamage(get(), 50_000, random);
    ITEM.surviveDamage(new GetPieces.Item(5, Status.OK, HASH.bytes()), 50_000, random);
    OPEN.surviveDamage(open(), 20_000, random);
    OPEN_ANSWER.surviveDamage(new PutOpen.Answer(PieceSet.NONE, 9), 10_000, random);
    PIECE.surviveDamage(new PutPiece(ID, 7, HASH.bytes()), 10_000, random);
    COMMIT.surviveDamage(new PutCommit(ID), 10_000, random);
    COMMIT_ANSWER.surviveDamage(new PutCommit.Answer(HASH.bytes()), 10_000, random);
    ABORT.surviveDamage(new PutAbort(ID, 3), 10_000, random);
    COPY.surviveDamage(new CopyFrom(HASH, miner(), HASH, TOKEN), 10_000, random);
    COPY_ANSWER.surviveDamage(new CopyFrom.Answer(ID), 10_000, random);
  }
}
