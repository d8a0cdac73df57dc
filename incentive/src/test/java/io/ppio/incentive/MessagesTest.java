package io.ppio.incentive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.Receipt;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.fixtures.Samples;
import io.ppio.incentive.indexing.IndexCodec;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every message of this layer: exact bytes, the way there and back, and damage.
class MessagesTest {
  private static final Hash A = Hash.sha256(new byte[] {1});
  private static final Hash B = Hash.sha256(new byte[] {2});

  @Test
  void bytesOfAnAcknowledgement() {
    var ack = Statement.sign(new Ack.Staged(A, B, A, B, 300), Samples.MINER);
    String body =
        "0a20" + A.hex() + "1220" + B.hex() + "1a20" + A.hex() + "2220" + B.hex() + "28ac02";
    assertEquals(
        body + "3241" + ack.signature().bytes().hex(), io.ppio.env.Bytes.of(ack.encode()).hex());
    assertEquals(
        Hash.tagged("ppio/stmt/StageAck", io.ppio.env.Bytes.fromHex(body).toArray()),
        ack.body().signedDigest());
  }

  @Test
  void bytesOfAReceipt() {
    var receipt = new Receipt(A, B, Samples.MINER.account(), BigInteger.valueOf(0x0180));
    assertEquals(
        "0a20"
            + A.hex()
            + "1220"
            + B.hex()
            + "1a14"
            + Samples.MINER.account().bytes().hex()
            + "22020180",
        io.ppio.env.Bytes.of(receipt.body()).hex());
  }

  /// A change here changes the wire.
  @Test
  void bytesOfEveryMessage() {
    Map<String, String> digests = new TreeMap<>();
    new Samples(0)
        .all()
        .forEach((name, sample) ->
            digests.put(name, Hash.sha256(sample.bytes()).hex().substring(0, 16)));
    assertEquals(
        PINNED.lines().collect(Collectors.joining("\n")),
        digests.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n")));
  }

  private static final String PINNED =
      """
      ChannelOpened: c3749a591cb02a3c
      DownloadOpen: 33a601635f19b4a4
      INDEX 1: 34711b811a3ddb4f
      INDEX 10: 3e42c32bf7705627
      INDEX 2: 7900b065b1777e7e
      INDEX 3: 76ac900b6b069a43
      INDEX 4: bf6161a3f208c5c3
      INDEX 5: e89d773855e57706
      INDEX 6: 0f8dbe0126f46983
      INDEX 7: c6d49a82e704fae5
      INDEX 8: aecb3cac63281730
      INDEX 9: 56cbf2cfcfda5d21
      INDEX ContractList: 0e436ac8952487a8
      INDEX Happened: a6d52bccc5341264
      INDEX Located: ff6fd9146eecd13d
      INDEX Matched: 97eb5e9ce0809685
      INDEX Opened: 9cc68bada5f87c1e
      LaneDeposit: d5657918000f3fa0
      LaneGrant: 91cee06b0bd257c1
      LaneOffer: 16765dcc2632556b
      LaneRequest: e64e7a14470a2469
      Match: 89bc7eab94a2b300
      Offer: 007b0820676dd770
      PathedOrder: 265ff9c8494fd3c8
      PlacementRow: 5715713d85d1e98a
      ProofCert: 1184d502837c509d
      Receipt: a4a713c337db1230
      Reveal: 6e36cff97b6d439a
      SegmentOrder: da23308c24a1ef29
      StageAck: 2cfe8e0fe2fce029
      StoreAck: ab97307d74747c16
      Voucher: 42c8ee9cfe94e4bd
      """;

  @Test
  void everyMessageSurvivesARoundTrip() throws MalformedMessage {
    for (int seed = 0; seed < 50; seed++) {
      for (var entry : new Samples(seed).all().entrySet()) {
        byte[] bytes = entry.getValue().bytes();
        assertArrayEquals(bytes, entry.getValue().rewrite().apply(bytes), entry.getKey());
      }
    }
  }

  @Test
  void damageIsRefusedOrIsAnotherCanonicalMessage() {
    Random rng = new Random(1);
    for (int seed = 0; seed < 10; seed++) {
      for (var entry : new Samples(seed).all().entrySet()) {
        for (int i = 0; i < 60; i++) {
          check(entry.getKey(), entry.getValue().rewrite(), damage(entry.getValue().bytes(), rng));
        }
      }
    }
  }

  private static byte[] damage(byte[] bytes, Random rng) {
    byte[] damaged = bytes.clone();
    switch (rng.nextInt(4)) {
      case 0 -> damaged[rng.nextInt(damaged.length)] ^= (byte) (1 << rng.nextInt(8));
      case 1 -> damaged = Arrays.copyOf(damaged, rng.nextInt(damaged.length));
      case 2 -> damaged = Arrays.copyOf(damaged, damaged.length + 1 + rng.nextInt(8));
      default -> damaged[rng.nextInt(Math.min(8, damaged.length))] = (byte) rng.nextInt();
    }
    return damaged;
  }

  private static void check(String name, Samples.Rewrite rewrite, byte[] damaged) {
    try {
      assertArrayEquals(damaged, rewrite.apply(damaged), name + " is not canonical");
    } catch (MalformedMessage refused) {
      assertEquals(MalformedMessage.class, refused.getClass());
    }
  }

  @Test
  void whatIsSignedIsTheWholeBody() {
    for (Statement statement : new Samples(3).statements()) {
      assertEquals(
          Statement.digest(statement.statement(), statement.body()),
          statement.signedDigest(),
          statement::statement);
    }
  }

  @Test
  void unknownKindsOfRequestsAreRefused() {
    assertThrows(MalformedMessage.class, () -> IndexCodec.decode(Bytes.EMPTY));
    assertThrows(MalformedMessage.class, () -> IndexCodec.decode(Bytes.fromHex("080b")));
  }

  @Test
  void noiseNeverFailsAnyOtherWay() {
    Random rng = new Random(2);
    var rewrites = new Samples(0).all();
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[rng.nextInt(200)];
      rng.nextBytes(noise);
      rewrites.forEach((name, sample) -> check(name, sample.rewrite(), noise));
    }
  }
}
