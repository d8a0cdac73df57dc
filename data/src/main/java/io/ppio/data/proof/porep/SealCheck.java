package io.ppio.data.proof.porep;

import io.ppio.crypto.message.Field;
import java.util.List;

/// The answer to one challenged position: the sealed leaves that it depends on, then the plain one.
///
/// @param leaves at most [#LEAVES_MAX]; for AES-LC the leaves j-1, j, j+1 of R that lie in j's tile
///   and leaf j of D
public record SealCheck(@Field(value = 1, count = SealCheck.LEAVES_MAX) List<OpenedLeaf> leaves) {
  /// Leaves in an answer at most, over all profiles.
  public static final int LEAVES_MAX = 56;

  public SealCheck {
    leaves = List.copyOf(leaves);
  }
}
