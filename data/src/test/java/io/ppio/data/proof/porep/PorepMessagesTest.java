package io.ppio.data.proof.porep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The messages of proofs: exact bytes, the way there and back, and damage.
class PorepMessagesTest {
  private static final Hash A = Hash.sha256(new byte[] {1});
  private static final Hash B = Hash.sha256(new byte[] {2});
  private static final PrivateKey KEY = PrivateKey.of(A.toArray());

  @FunctionalInterface
  private interface Rewrite {
    byte[] apply(byte[] bytes) throws MalformedMessage;
  }

  private record Sample(Bytes bytes, Rewrite rewrite) {}

  private static Bytes bytes(Random rng, int size) {
    byte[] bytes = new byte[size];
    rng.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static Hash hash(Random rng) {
    return new Hash(bytes(rng, 32));
  }

  private static MerklePath path(Random rng) {
    return new MerklePath(IntStream.range(0, rng.nextInt(15)).mapToObj(_ -> hash(rng)).toList());
  }

  private static SignedStatement<SealCommit> commit(Random rng) {
    var commit =
        new SealCommit(
            new ReplicaId(hash(rng)),
            rng.nextBoolean() ? List.of() : List.of(hash(rng)),
            hash(rng),
            hash(rng),
            rng.nextInt(10_000));
    return Statement.sign(commit, KEY);
  }

  private static SignedStatement<SealReceipt> receipt(Random rng) {
    var receipt = new SealReceipt(hash(rng), new ReplicaId(hash(rng)), hash(rng), rng.nextInt(99));
    return Statement.sign(receipt, KEY);
  }

  private static List<Sample> samples(Random rng) {
    var check =
        new SealCheck(
            IntStream.range(0, 4)
                .mapToObj(_ -> new OpenedLeaf(bytes(rng, Tile.BLOCK), path(rng)))
                .toList());
    var proof =
        new PorepProof(
            bytes(rng, 100), commit(rng), receipt(rng), rng.nextInt(99), List.of(check, check));
    var leaf = new SpotAnswer.Leaf(bytes(rng, Tile.BLOCK), path(rng), path(rng));
    var spot = new SpotCheck(hash(rng), rng.nextInt(99), hash(rng));
    List<Sample> samples = new ArrayList<>();
    samples.add(
        new Sample(
            RecordCodec.bytes(new PorepRequest(bytes(rng, 100), commit(rng))),
            b -> RecordCodec.bytes(RecordCodec.of(PorepRequest.class).decode(b)).toArray()));
    samples.add(new Sample(Bytes.of(receipt(rng).encode()), b -> SealReceipt.decode(b).encode()));
    samples.add(
        new Sample(
            Bytes.of(Statement.sign(proof, KEY).encode()),
            b -> SignedStatement.decode(b, PorepProof.class).encode()));
    samples.add(
        new Sample(
            RecordCodec.bytes(spot),
            b -> RecordCodec.bytes(RecordCodec.of(SpotCheck.class).decode(b)).toArray()));
    samples.add(
        new Sample(
            Bytes.of(Statement.sign(new SpotAnswer(spot, List.of(leaf, leaf)), KEY).encode()),
            b -> SpotAnswer.decode(b).encode()));
    return samples;
  }

  @Test
  void bytesOfACommitment() {
    var commit = SealCommit.fast(new ReplicaId(A), B, A, 300);
    String body = "0a20" + A.hex() + "1a20" + B.hex() + "2220" + A.hex() + "28ac02";
    assertEquals(body, Bytes.of(commit.body()).hex());
    assertEquals(
        body + "3241" + KEY.sign(commit.signedDigest()).bytes().hex(),
        Bytes.of(Statement.sign(commit, KEY).encode()).hex());
  }

  @Test
  void bytesOfAReceipt() {
    var receipt = new SealReceipt(A, new ReplicaId(B), A, 7);
    assertEquals(
        "0a20"
            + A.hex()
            + "1220"
            + B.hex()
            + "1a20"
            + A.hex()
            + "20072a41"
            + KEY.sign(receipt.signedDigest()).bytes().hex(),
        Bytes.of(Statement.sign(receipt, KEY).encode()).hex());
  }

  @Test
  void bytesOfASpotCheck() {
    assertEquals(
        "0a20" + A.hex() + "1007" + "1a20" + B.hex(),
        RecordCodec.bytes(new SpotCheck(A, 7, B)).hex());
  }

  @Test
  void everyMessageSurvivesARoundTrip() throws MalformedMessage {
    Random rng = new Random(1);
    for (int i = 0; i < 100; i++) {
      for (Sample sample : samples(rng)) {
        byte[] bytes = sample.bytes().toArray();
        assertArrayEquals(bytes, sample.rewrite().apply(bytes));
      }
    }
  }

  @Test
  void damageIsRefusedOrIsAnotherCanonicalMessage() {
    Random rng = new Random(2);
    for (int i = 0; i < 40; i++) {
      for (Sample sample : samples(rng)) {
        for (int j = 0; j < 50; j++) {
          byte[] damaged = damage(sample.bytes().toArray(), rng);
          try {
            assertArrayEquals(damaged, sample.rewrite().apply(damaged));
          } catch (MalformedMessage refused) {
            assertEquals(MalformedMessage.class, refused.getClass());
          }
        }
      }
    }
  }

  private static byte[] damage(byte[] bytes, Random rng) {
    return switch (rng.nextInt(3)) {
      case 0 -> Arrays.copyOf(bytes, rng.nextInt(bytes.length));
      case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + rng.nextInt(8));
      default -> {
        bytes[rng.nextInt(bytes.length)] ^= (byte) (1 << rng.nextInt(8));
        yield bytes;
      }
    };
  }

  @Test
  void moreThanSixteenChecksAreRefusedBeforeTheyAreRead() {
    Random rng = new Random(3);
    var proof = new PorepProof(Bytes.EMPTY, commit(rng), receipt(rng), 1, List.of());
    byte[] bytes = Statement.sign(proof, KEY).encode();
    int signature = 2 + Signature.SIZE;
    byte[] head = Arrays.copyOf(bytes, bytes.length - signature);
    byte[] many = Arrays.copyOf(head, head.length + 17 * 2);
    for (int i = 0; i < 17; i++) {
      many[head.length + 2 * i] = 0x2a;
    }
    var refused =
        assertThrows(MalformedMessage.class, () -> SignedStatement.decode(many, PorepProof.class));
    assertTrue(String.valueOf(refused.getMessage()).contains("more than 16"));
  }
}
