package io.ppio.data.seal;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.object.ObjectCipher;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.segment.SegmentHasher;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Makes the JVM compile hashing and encryption before anybody waits for them (data and proofs
/// specification 0.1).
///
/// Until its call path is compiled, AES runs at a twentieth of its speed: a node that reports ready
/// or answers a timed challenge before that would be judged by the interpreter. What makes
/// compilation happen is the number of calls, hence many small ones; below 1 KiB a call, though,
/// JDK 25 now and then settles for slower code. Whole tiles are mixed in: the JDK cuts long input
/// into parts, and code compiled without ever having seen that is thrown away when the first tile
/// comes. Stateless.
public final class Warmup {
  /// Calls of each primitive. The specification asks for 20,000 at least; on JDK 25 AES-CTR is then
  /// still at a fifth of its speed, and at its full speed after 60,000.
  static final int CALLS = 60_000;

  private static final int CALL_BYTES = 1_024;

  /// One call in so many is a whole tile.
  private static final int TILE_EVERY = 500;

  /// Whole tiles through our own loops, which are compiled by their turns.
  private static final int TILES = 64;

  private static final AtomicBoolean DONE = new AtomicBoolean();

  private Warmup() {}

  /// Runs every primitive until it is compiled: a second of one core. Only the first call in a
  /// process does; it returns when warm. For nodes that serve; short-lived programs and simulations
  /// leave it out.
  public static void run() {
    if (!DONE.getAndSet(true)) {
      run(CALLS, TILES);
    }
  }

  static void run(int calls, int tiles) {
    try {
      digest(calls);
      encryptChains(calls);
      decryptBlocks(calls);
      tiles(tiles);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
    encryptObjects(calls);
  }

  private static int length(int call) {
    return call % TILE_EVERY == 0 ? Tile.SIZE : CALL_BYTES;
  }

  private static void digest(int calls) {
    MessageDigest digest = Hash.newSha256();
    byte[] bytes = new byte[Tile.SIZE];
    for (int i = 0; i < calls; i++) {
      digest.update(bytes, 0, length(i));
      System.arraycopy(digest.digest(), 0, bytes, 0, Hash.SIZE);
    }
  }

  private static void encryptChains(int calls) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    byte[] in = new byte[Tile.SIZE];
    byte[] out = new byte[Tile.SIZE];
    cipher.init(Cipher.ENCRYPT_MODE, key(), new IvParameterSpec(new byte[16]));
    for (int i = 0; i < calls; i++) {
      cipher.doFinal(in, 0, length(i), out, 0);
    }
  }

  private static void decryptBlocks(int calls) throws GeneralSecurityException {
    Cipher single = Cipher.getInstance("AES/ECB/NoPadding");
    Cipher chained = Cipher.getInstance("AES/CBC/NoPadding");
    byte[] in = new byte[Tile.SIZE];
    byte[] out = new byte[Tile.SIZE];
    single.init(Cipher.DECRYPT_MODE, key());
    chained.init(Cipher.DECRYPT_MODE, key(), new IvParameterSpec(new byte[16]));
    for (int i = 0; i < calls; i++) {
      single.doFinal(in, 0, length(i), out, 0);
      chained.doFinal(in, 0, length(i), out, 0);
    }
  }

  private static void encryptObjects(int calls) {
    try (ObjectKey key = new ObjectKey(new byte[ObjectKey.SIZE])) {
      ObjectCipher cipher = new ObjectCipher(key);
      byte[] bytes = new byte[Tile.SIZE];
      for (int i = 0; i < calls; i++) {
        cipher.apply(0, i % TILE_EVERY, bytes, 0, length(i));
      }
    }
  }

  private static void tiles(int tiles) {
    ReplicaId rid = new ReplicaId(Hash.ZERO);
    byte[] bytes = new byte[Tile.SIZE];
    for (int i = 0; i < tiles; i++) {
      AesLayered.sealInPlace(rid, i, bytes);
      AesLayered.unsealRun(rid, i, 0, bytes);
      new SegmentHasher().add(bytes, 0, Tile.SIZE);
    }
  }

  private static SecretKeySpec key() {
    return new SecretKeySpec(new byte[32], "AES");
  }
}
