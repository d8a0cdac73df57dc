package io.ppio.data.seal;

import io.ppio.data.hash.Fields;
import io.ppio.data.hash.Hash;
import io.ppio.data.merkle.Tile;
import io.ppio.env.Check;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-LC, the codec of the FAST profile: eight CBC passes over each tile, the block order reversed
/// between them.
///
/// Data and proofs specification 4.2. Encryption is a chain of 8,192 dependent AES calls a layer;
/// decryption needs only the neighbour of each block, so it runs in bulk, about 13 times as fast
/// with vector AES. Between two layers the tile is reversed block by block: an even layer is the
/// same CBC pass over the reversed tile.
public final class AesLayered implements SealCodec {
  /// Layers of the FAST profile; even, so that the result stands in tile order.
  static final int LAYERS = SealProfile.FAST.layers();

  private static final int BLOCK = 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  @Override
  public SealProfile profile() {
    return SealProfile.FAST;
  }

  @Override
  public void seal(ReplicaId rid, int tiles, Source plain, Sink sealed) throws IOException {
    byte[] in = new byte[Tile.SIZE];
    byte[] out = new byte[Tile.SIZE];
    for (int tile = 0; tile < tiles; tile++) {
      plain.read(tile, in);
      sealTile(rid, tile, in, out);
      sealed.write(tile, in);
    }
  }

  /// Seals in place; `scratch` is overwritten.
  private static void sealTile(ReplicaId rid, int tile, byte[] bytes, byte[] scratch) {
    Chain chain = new Chain(rid, tile, Cipher.ENCRYPT_MODE);
    byte[] from = bytes;
    byte[] to = scratch;
    for (int layer = 1; layer <= LAYERS; layer++) {
      chain.pass(layer, from, to);
      reverse(to);
      byte[] swap = from;
      from = to;
      to = swap;
    }
    // LAYERS is even: the last pass ended in the array that the first one began in.
  }

  @Override
  public void unseal(ReplicaId rid, int tiles, Source sealed, Sink plain) throws IOException {
    byte[] bytes = new byte[Tile.SIZE];
    byte[] scratch = new byte[Tile.SIZE];
    for (int tile = 0; tile < tiles; tile++) {
      sealed.read(tile, bytes);
      unsealInPlace(rid, tile, bytes, scratch);
      plain.write(tile, bytes);
    }
  }

  @Override
  public void unsealTile(ReplicaId rid, int tiles, int tile, Source sealed, byte[] plain)
      throws IOException {
    sealed.read(tile, plain);
    unsealInPlace(rid, tile, plain, new byte[Tile.SIZE]);
  }

  private static void unsealInPlace(ReplicaId rid, int tile, byte[] bytes, byte[] scratch) {
    Chain chain = new Chain(rid, tile, Cipher.DECRYPT_MODE);
    byte[] from = bytes;
    byte[] to = scratch;
    for (int layer = LAYERS; layer >= 1; layer--) {
      reverse(from);
      chain.pass(layer, from, to);
      byte[] swap = from;
      from = to;
      to = swap;
    }
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
    Chain chain = new Chain(rid, tile, Cipher.DECRYPT_MODE);
    boolean first = offset == 0;
    boolean last = offset + run.length == Tile.SIZE;
    byte[] from = run.clone();
    byte[] to = new byte[run.length];
    for (int layer = LAYERS; layer >= 1; layer--) {
      boolean descending = layer % 2 == 0;
      if (descending) {
        reverse(from);
      }
      boolean startsLayer = descending ? last : first;
      chain.pass(startsLayer ? layer : 0, from, to);
      if (descending) {
        reverse(to);
      }
      byte[] swap = from;
      from = to;
      to = swap;
    }
    System.arraycopy(from, 0, run, 0, run.length);
  }

  /// Reverses the order of 16-byte blocks in place.
  private static void reverse(byte[] bytes) {
    for (int low = 0, high = bytes.length - BLOCK; low < high; low += BLOCK, high -= BLOCK) {
      long a = (long) LONGS.get(bytes, low);
      long b = (long) LONGS.get(bytes, low + 8);
      LONGS.set(bytes, low, (long) LONGS.get(bytes, high));
      LONGS.set(bytes, low + 8, (long) LONGS.get(bytes, high + 8));
      LONGS.set(bytes, high, a);
      LONGS.set(bytes, high + 8, b);
    }
  }

  /// The CBC passes of one tile: one key, an initial vector per layer.
  private static final class Chain {
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final ReplicaId rid;
    private final int tile;
    private final int mode;

    private Chain(ReplicaId rid, int tile, int mode) {
      try {
        this.cipher = Cipher.getInstance("AES/CBC/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has AES-CBC", e);
      }
      this.key =
          new SecretKeySpec(
              Hash.tagged("ppio/seal/key", new Fields().hash(rid.hash()).u32(tile)).toArray(),
              "AES");
      this.rid = rid;
      this.tile = tile;
      this.mode = mode;
    }

    /// @param layer whose initial vector is used; 0 uses zeros, where the run does not begin the
    ///   layer
    private void pass(int layer, byte[] from, byte[] to) {
      byte[] iv =
          layer == 0
              ? new byte[BLOCK]
              : Arrays.copyOf(
                  Hash.tagged("ppio/seal/iv", new Fields().hash(rid.hash()).u32(tile).u8(layer))
                      .toArray(),
                  BLOCK);
      try {
        cipher.init(mode, key, new IvParameterSpec(iv));
        cipher.doFinal(from, 0, from.length, to, 0);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES-CBC over whole blocks", e);
      }
    }
  }
}
