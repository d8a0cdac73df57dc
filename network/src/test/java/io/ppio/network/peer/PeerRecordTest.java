package io.ppio.network.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.fixtures.Codec;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.fixtures.TestNodes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PeerRecordTest {
  private static final NodeIdentity ALICE = TestNodes.identity("alice");
  private static final Codec<PeerRecord> CODEC =
      new Codec<>(PeerRecord::encode, PeerRecord::decode);
  private static final Endpoint DIRECT =
      Endpoint.tcp(Endpoint.Kind.DIRECT_LOCAL, new InetSocketAddress("10.1.2.3", 8050));

  private static PeerRecord full() {
    Endpoint relay =
        new Endpoint(
            Endpoint.Kind.RELAY,
            Bytes.of(new byte[16]),
            1,
            2,
            3,
            TestNodes.identity("relay").peerId().bytes(),
            Optional.of(new Endpoint.Voucher(77, Bytes.of(new byte[64]))));
    return new PeerRecord(
            ALICE.peerId(),
            1_700_000_000_000L,
            NodeRole.MINER.bit() | NodeRole.VERIFIER.bit(),
            -1,
            List.of(DIRECT, relay),
            NatClass.PORT_RESTRICTED,
            new P4pPlace(86, 4134, 7, 9),
            1L << 1 | 1L << 63,
            10_000,
            20_000,
            ALICE.account().address(),
            Bytes.of(new byte[12]),
            1_700_000_100_000L,
            NatClass.PUBLIC,
            Bytes.EMPTY)
        .signed(ALICE, TestNodes.NETWORK);
  }

  @Test
  void theSmallestRecordHasTheseBytes() throws Exception {
    PeerRecord record = PeerRecord.of(ALICE.peerId(), 5, NodeRole.MINER.bit(), List.of(DIRECT));
    CODEC.exactly(
        "0a27"
            + ALICE.peerId().hex()
            + "10051804"
            + "2a0b08021204"
            + "0a01020320f23e"
            + "6885f0b252",
        record);
  }

  @Test
  void aRecordWithEverythingIsWhatItWasBeforeItWasSent() throws Exception {
    CODEC.exactly(
        "0a27002508021221039997a497d964fc1a62885b05a51166a65a90df00492c8d7cf61d6accf54803"
            + "be1080d095ffbc31181420ffffffff0f2a0b080212040a01020320f23e2a89010804121000000000"
            + "00000000000000000000000018012002280332270025080212210201afe59512e0ff782afa7a50fa"
            + "6fde0d9f1060f9a3799fe08cfc8e79becc72b43a44084d1240000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000030043a09085610a62018072009408280808080808080800148904e50a09c01"
            + "5a267070696f314e4b55727a36696b38705668555162345454575872393276774448416163625a43"
            + "620c00000000000000000000000068a0dd9bffbc3170017a406c94a1ad460d8692a067a1024c88c0"
            + "f98cd70dbbf9fa7891df715f0ef2b2881f4354af6d7151109c8ac653638f62420ff26416c46c0fcd"
            + "898c3cbc1216b40de5",
        full());
    assertTrue(full().encode().size() <= PeerRecord.ENCODED_MAX);
  }

  @Test
  void theSignatureHoldsForTheFactsTheSignerAndTheNetwork() {
    PeerRecord record = full();
    assertTrue(record.isSigned(TestNodes.NETWORK));
    assertFalse(record.isSigned(NetworkId.of("other", Hash.ZERO)));
    assertFalse(record.withOffer("", 1, 1).isSigned(TestNodes.NETWORK));
    PeerRecord changed =
        new PeerRecord(
            record.peerId(),
            record.seq() + 1,
            record.roles(),
            record.zone(),
            record.endpoints(),
            record.nat(),
            record.place(),
            record.capabilities(),
            record.bandwidthUp(),
            record.bandwidthDown(),
            record.accountId(),
            record.idProof(),
            record.expiresAt(),
            record.nat6(),
            record.signature());
    assertFalse(changed.isSigned(TestNodes.NETWORK));
    assertThrows(
        IllegalStateException.class,
        () -> record.signed(TestNodes.identity("bob"), TestNodes.NETWORK));
  }

  @Test
  void aRecordIsCurrentUntilItExpiresAndNotFromTheFuture() {
    PeerRecord record = PeerRecord.of(ALICE.peerId(), 1_000_000_000, 0, List.of());
    long made = record.seq();
    assertTrue(record.isCurrent(made));
    assertTrue(record.isCurrent(made + PeerRecord.LIFE_MAX.toMillis() - 1));
    assertFalse(record.isCurrent(made + PeerRecord.LIFE_MAX.toMillis()));
    assertTrue(record.isCurrent(made - Duration.ofMinutes(30).toMillis()));
    assertFalse(record.isCurrent(made - Duration.ofMinutes(30).toMillis() - 1));
  }

  @Seeds(2)
  void damagedRecordsAreRefused(RandomGenerator random) throws Exception {
    CODEC.surviveDamage(full(), 50_000, random);
  }

  @Test
  void networksAreToldApartByNameAndGenesis() {
    assertEquals("928b20051b50ce5a", NetworkId.of("test", Hash.ZERO).toString());
  }
}
