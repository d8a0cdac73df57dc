package io.ppio.incentive.channel;

/// What is wrong with a voucher.
public enum VoucherFault {
  /// Nothing.
  NONE,
  /// Another lane, channel, chain or ciphered form.
  OTHER_LANE,
  /// A window or piece that the segment does not have.
  WRONG_WINDOW,
  /// Another key than the offer lists.
  WRONG_KEY,
  /// A lower number than one that counted.
  OLD,
  /// Not what the pieces cost, or windows opened before are not settled.
  WRONG_AMOUNT,
  /// More than the grant of this miner.
  OVER_CAP,
  /// The channel is over, or the lock ends before it.
  EXPIRED,
  /// Not signed by the channel key.
  NOT_SIGNED,
  /// Another voucher with this number counted: the signed pair is evidence.
  EQUIVOCATION,
  /// Answered as often as an opened window is served, or one more for a window that has as many as
  /// it takes.
  TOO_OFTEN
}
