package io.ppio.data.seal;

import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Check;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-LC, the codec of the FAST profile: eight CBC passes over each tile, alternately upwards and
/// downwards (data and proofs specification 4.2).
///
/// Sealing is a chain of 8,192 dependent AES calls a layer, so it costs what CBC encryption costs;
/// the reversal between two layers is one copy through the cache. Unsealing has no chain: a plain
/// block is the decrypted block xor its sealed neighbour, the one below in an odd layer and the one
/// above in an even one. An odd layer is one bulk CBC decryption, an even one a bulk ECB decryption
/// and one vectorised xor with the shifted input, so that nothing is ever reversed.
public final class AesLayered implements SealCodec {
  /// Layers of the FAST profile; even, so that the result stands in tile order.
  static final int LAYERS = SealProfile.FAST.layers();

  private static final int BLOCK = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  @Override
  public void seal(ReplicaId rid, int tiles, Source plain, Sink sealed) throws IOException {
    Check.range(tiles, 1, Tile.PER_SEGMENT_MAX, "tiles");
    Cipher cipher = cipher("AES/CBC/NoPadding");
    byte[] bytes = new byte[Tile.SIZE];
    byte[] scratch = new byte[Tile.SIZE];
    for (int tile = 0; tile < tiles; tile++) {
      plain.read(tile, bytes);
      sealTile(cipher, rid, tile, bytes, scratch);
      sealed.write(tile, bytes);
    }
  }

  /// Seals one tile of 131,072 bytes in place.
  ///
  /// @param tile its number in its segment
  public static void sealInPlace(ReplicaId rid, int tile, byte[] bytes) {
    Check.that(bytes.length == Tile.SIZE, "a whole tile");
    sealTile(cipher("AES/CBC/NoPadding"), rid, tile, bytes, new byte[Tile.SIZE]);
  }

  /// Seals in place; `scratch` is overwritten.
  private static void sealTile(
      Cipher cipher, ReplicaId rid, int tile, byte[] bytes, byte[] scratch) {
    SecretKeySpec key = key(rid, tile);
    try {
      for (int layer = 1; layer <= LAYERS; layer++) {
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(initialVector(rid, tile, layer)));
        cipher.doFinal(bytes, 0, Tile.SIZE, scratch, 0);
        copyReversed(scratch, bytes);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CBC over whole blocks", e);
    }
  }

  @Override
  public void unsealTile(ReplicaId rid, int tiles, int tile, Source sealed, byte[] plain)
      throws IOException {
    Check.range(tile, 0, tiles - 1L, "tile");
    Check.that(plain.length == Tile.SIZE, "a whole tile");
    sealed.read(tile, plain);
    new Unchain().unseal(rid, tile, new Part(0, plain, new byte[Tile.SIZE]));
  }

  /// Unseals a run of blocks of a tile without the rest of it, as a verifier does.
  ///
  /// Each layer needs one neighbour more, so at an end that is not the tile's own end half of
  /// [#LAYERS] blocks of 16 bytes come out wrong; every block farther inside is right.
  ///
  /// @param tile number of the tile in its segment
  /// @param offset where the run begins in the tile, a multiple of 16
  /// @param run the sealed bytes; replaced by the plain ones
  public static void unsealRun(ReplicaId rid, int tile, int offset, byte[] run) {
    Check.that(offset % BLOCK == 0 && run.length % BLOCK == 0, "whole AES blocks");
    Check.range(offset, 0, Tile.SIZE - run.length, "offset");
    if (run.length > 0) {
      new Unchain().unseal(rid, tile, new Part(offset, run, new byte[run.length]));
    }
  }

  /// A run of blocks of one tile and as much scratch space.
  @SuppressWarnings("ArrayRecordComponent") // lives inside one call, is neither compared nor kept
  private record Part(int offset, byte[] bytes, byte[] scratch) {
    private boolean atStart() {
      return offset == 0;
    }

    private boolean atEnd() {
      return offset + bytes.length == Tile.SIZE;
    }
  }

  /// The two ciphers of unsealing; owned by one call.
  private static final class Unchain {
    private static final byte[] NO_NEIGHBOUR = new byte[BLOCK];

    private final Cipher chained = cipher("AES/CBC/NoPadding");
    private final Cipher single = cipher("AES/ECB/NoPadding");

    /// Replaces the sealed bytes of `part` by the plain ones.
    private void unseal(ReplicaId rid, int tile, Part part) {
      SecretKeySpec key = key(rid, tile);
      byte[] from = part.bytes();
      byte[] to = part.scratch();
      try {
        single.init(Cipher.DECRYPT_MODE, key);
        for (int layer = LAYERS; layer >= 1; layer--) {
          boolean descending = layer % 2 == 0;
          boolean begins = descending ? part.atEnd() : part.atStart();
          byte[] before = begins ? initialVector(rid, tile, layer) : NO_NEIGHBOUR;
          if (descending) {
            descend(before, from, to);
          } else {
            chained.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(before));
            chained.doFinal(from, 0, from.length, to, 0);
          }
          byte[] swap = from;
          from = to;
          to = swap;
        }
        // LAYERS is even: the last layer ended in the array that the first one began in.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES over whole blocks", e);
      }
    }

    /// `to_i = D(from_i) ⊕ from_{i+1}`, where `before` comes after the last block.
    private void descend(byte[] before, byte[] from, byte[] to) throws GeneralSecurityException {
      single.doFinal(from, 0, from.length, to, 0);
      int end = from.length - BLOCK;
      xorNext(from, to, end);
      for (int i = 0; i < BLOCK; i++) {
        to[end + i] ^= before[i];
      }
    }

    /// Alone in its method and with a constant shift, so that it is compiled to vector code.
    private static void xorNext(byte[] from, byte[] to, int end) {
      for (int i = 0; i < end; i++) {
        to[i] ^= from[i + BLOCK];
      }
    }
  }

  /// Copies a tile with its 16-byte blocks in reverse order.
  private static void copyReversed(byte[] from, byte[] to) {
    for (int low = 0, high = Tile.SIZE - BLOCK; high >= 0; low += BLOCK, high -= BLOCK) {
      LONGS.set(to, high, (long) LONGS.get(from, low));
      LONGS.set(to, high + 8, (long) LONGS.get(from, low + 8));
    }
  }

  private static SecretKeySpec key(ReplicaId rid, int tile) {
    return new SecretKeySpec(rid.tileKey(tile).toArray(), "AES");
  }

  private static byte[] initialVector(ReplicaId rid, int tile, int layer) {
    return rid.initialVector(tile, layer).bytes().slice(0, BLOCK).toArray();
  }

  private static Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + transformation, e);
    }
  }
}
