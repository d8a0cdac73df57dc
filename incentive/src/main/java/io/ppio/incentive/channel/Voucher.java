package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.math.BigInteger;

/// The reader holds the ciphered pieces of a window and will pay for them, once they open
/// (incentive specification 7.2, step 3). Signed by the channel key.
///
/// @param lane the lane and its chain
/// @param seq one-based; only a larger one counts
/// @param settled wei for all windows already opened in this lane
/// @param locked wei for the pieces of this window, payable only together with its key
/// @param window which one, and what of it
/// @param cipheredRoot R'T that the pieces were checked against
/// @param lockExpirySeconds when `locked` returns if the key was not shown
public record Voucher(
    LaneName lane,
    @Field(4) long seq,
    @Field(value = 5, unit = "wei") BigInteger settled,
    @Field(value = 6, unit = "wei") BigInteger locked,
    WindowClaim window,
    @Field(10) Hash cipheredRoot,
    @Field(value = 11, max = 1L << 40, unit = "s") long lockExpirySeconds)
    implements Statement {
  /// Longest encoded signed voucher.
  public static final int ENCODED_MAX = 512;

  /// A lane with the channel and chain that it belongs to.
  public record LaneName(@Field(1) Hash chainId, @Field(2) Hash channel, @Field(3) Hash lane) {}

  /// The pieces of one window.
  ///
  /// @param index j
  /// @param bitmap bit i, lowest first in byte i/8, stands for piece jw + i; 1 to 8 bytes, the last
  ///   one not zero
  /// @param keyHash `H(K_j)`
  public record WindowClaim(
      @Field(value = 7, max = LaneOffer.WINDOWS_MAX - 1) int index,
      @Field(value = 8, max = WindowClaim.BITMAP_MAX, unit = "bits, lowest first") Bytes bitmap,
      @Field(9) Hash keyHash) {
    static final int BITMAP_MAX = LaneTerms.WINDOW_MAX / 8;

    public WindowClaim {
      Check.range(index, 0, LaneOffer.WINDOWS_MAX - 1L, "window");
      Check.range(bitmap.size(), 1, BITMAP_MAX, "bytes in the bitmap");
      Check.range(bitmap.at(bitmap.size() - 1), 1, 255, "last byte of the bitmap");
    }

    /// Pieces that it names.
    public int pieces() {
      int count = 0;
      for (int i = 0; i < bitmap.size(); i++) {
        count += Integer.bitCount(bitmap.at(i));
      }
      return count;
    }

    /// Whether it names piece `i` of the window.
    public boolean names(int i) {
      return i / 8 < bitmap.size() && (bitmap.at(i / 8) & 1 << i % 8) != 0;
    }

    /// Whether it names none beyond the first `pieces`.
    public boolean fits(int pieces) {
      int highest = 31 - Integer.numberOfLeadingZeros(bitmap.at(bitmap.size() - 1));
      return (bitmap.size() - 1) * 8 + highest < pieces;
    }
  }

  public Voucher {
    Check.range(seq, 1, Long.MAX_VALUE, "seq");
    Check.range(settled.signum(), 0, 1, "sign of settled");
    Check.range(locked.signum(), 0, 1, "sign of locked");
    Check.range(lockExpirySeconds, 0, 1L << 40, "lock_expiry");
  }

  @Override
  public String statement() {
    return "Voucher";
  }

  /// Decodes a signed voucher.
  public static SignedStatement<Voucher> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, Voucher.class);
  }
}
