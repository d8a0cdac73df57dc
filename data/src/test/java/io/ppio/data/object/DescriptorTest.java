package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Damage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.fixtures.KnownObject;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Exact bytes, round trip, damage, and case C5 of the data and proofs specification.
class DescriptorTest {
  private final ObjectKey key = KnownObject.key();
  private final KnownObject object = new KnownObject();

  private static Hash anyHash(RandomGenerator random) {
    byte[] bytes = new byte[Hash.SIZE];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  private Descriptor any(RandomGenerator random) {
    int segmentTiles = 1 + random.nextInt(128);
    long length = 1 + random.nextLong(20L * segmentTiles * Tile.SIZE);
    ObjectLayout layout = new ObjectLayout(length, segmentTiles * Tile.SIZE);
    Redundancy redundancy =
        random.nextBoolean()
            ? Redundancy.copies(1 + random.nextInt(10))
            : Redundancy.reedSolomon(1 + random.nextInt(10), random.nextInt(6));
    List<Descriptor.Segment> segments = new ArrayList<>();
    for (int i = 0; i < layout.segments(); i++) {
      List<Hash> roots = new ArrayList<>();
      for (int fragment = 0; fragment < redundancy.fragments(); fragment++) {
        roots.add(anyHash(random));
      }
      segments.add(
          new Descriptor.Segment(anyHash(random), layout.tiles(i), anyHash(random), roots));
    }
    Acl acl = Acl.of(random.nextInt(3)).orElseThrow();
    int profile = random.nextInt(256);
    return new Descriptor(
        acl, length, redundancy, profile, key.commitment(), anyHash(random), segments);
  }

  @Test
  void headerOfTheKnownObjectByteByByte() {
    Bytes encoded = object.descriptor().encode(key);
    assertEquals(
        "50504f44"
            + "01"
            + "00"
            + "00"
            + "01" // magic, version, flags, redundancy, acl
            + "0000000000030d40"
            + "00000001" // length, segments
            + "00"
            + "00"
            + "05"
            + "02", // RS n and m, copies, profile
        encoded.slice(0, 24).hex());
    assertEquals(key.commitment().bytes(), encoded.slice(24, 56));
    assertEquals(KnownObject.h("nonce-1").bytes(), encoded.slice(56, 88));
    assertEquals(object.chunkHash().bytes(), encoded.slice(88, 120));
    assertEquals("00000002", encoded.slice(120, 124).hex());
    assertEquals(object.tree().root().bytes(), encoded.slice(124, 156));
    assertEquals(188, encoded.size());
  }

  @Test
  void fragmentRootsFollowTheirSegment() throws MalformedMessage {
    List<Hash> roots = List.of(KnownObject.h("0"), KnownObject.h("1"), KnownObject.h("2"));
    Descriptor coded =
        new Descriptor(
            Acl.PRIVATE,
            KnownObject.LENGTH,
            Redundancy.reedSolomon(2, 1),
            1,
            key.commitment(),
            Hash.ZERO,
            List.of(
                new Descriptor.Segment(
                    object.chunkHash(), KnownObject.TILES, object.tree().root(), roots)));
    Bytes encoded = coded.encode(key);
    assertEquals(88 + 68 + 3 * 32 + 32, encoded.size());
    assertEquals("01" + "00", encoded.slice(6, 8).hex());
    assertEquals("02010101", encoded.slice(20, 24).hex());
    assertEquals(roots.getLast().bytes(), encoded.slice(220, 252));
    assertEquals(coded, Descriptor.decode(encoded, key));
  }

  @Seeds(100)
  void whatWasWrittenIsReadBack(RandomGenerator random) throws MalformedMessage {
    Descriptor descriptor = any(random);
    assertEquals(descriptor, Descriptor.decode(descriptor.encode(key), key));
  }

  @Seeds(100)
  void everyDamageIsRefused(RandomGenerator random) {
    byte[] sound = any(random).encode(key).toArray();
    for (int i = 0; i < 50; i++) {
      byte[] damaged = Damage.of(sound, random);
      if (!java.util.Arrays.equals(sound, damaged)) {
        assertThrows(MalformedMessage.class, () -> Descriptor.decode(Bytes.of(damaged), key));
      }
    }
  }

  @Test
  void anotherKeyIsNoticedByItsCommitmentAndAForgedCommitmentByTheMac() {
    Bytes encoded = object.descriptor().encode(key);
    ObjectKey other = new ObjectKey(new byte[32]);
    MalformedMessage refusal =
        assertThrows(MalformedMessage.class, () -> Descriptor.decode(encoded, other));
    assertEquals("descriptor of another key", refusal.getMessage());
    byte[] forged = encoded.toArray();
    other.commitment().bytes().copyTo(forged, 24);
    refusal =
        assertThrows(MalformedMessage.class, () -> Descriptor.decode(Bytes.of(forged), other));
    assertEquals("descriptor was altered", refusal.getMessage());
    assertThrows(IllegalStateException.class, () -> object.descriptor().encode(other));
  }

  @Test
  void segmentsMustBeThoseThatTheLengthIsCutInto() {
    Descriptor sound = object.descriptor();
    Descriptor.Segment two = sound.segments().getFirst();
    Descriptor.Segment one = new Descriptor.Segment(Hash.ZERO, 1, Hash.ZERO);
    for (List<Descriptor.Segment> wrong :
        List.of(
            List.<Descriptor.Segment>of(),
            List.of(one),
            List.of(two, one),
            List.of(one, two),
            Collections.nCopies(3, one))) {
      assertThrows(IllegalArgumentException.class, () -> withSegments(sound, wrong));
    }
    assertEquals(2, withSegments(sound, List.of(one, one)).layout().segments());
    assertEquals(new ObjectLayout(200_000, 262_144), sound.layout());
  }

  private static Descriptor withSegments(Descriptor of, List<Descriptor.Segment> segments) {
    return new Descriptor(
        of.acl(),
        of.length(),
        of.redundancy(),
        of.profile(),
        of.commitment(),
        of.nonce(),
        segments);
  }

  @Seeds(20)
  void unauthenticNonsenseWithAValidMacIsRefusedToo(RandomGenerator random) {
    byte[] body = any(random).encode(key).toArray();
    int refused =
        Damage.refused(
            java.util.Arrays.copyOf(body, 88),
            100,
            random,
            header -> {
              byte[] all = body.clone();
              System.arraycopy(header, 0, all, 0, Math.min(88, header.length));
              key.commitment().bytes().copyTo(all, 24);
              DescriptorCodec.sign(all, key);
              Descriptor.decode(Bytes.of(all), key);
            });
    assertTrue(refused > 0);
  }
}
