package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import java.util.List;

/// The answer to one challenged position: the sealed leaves that it depends on, then the plain one.
///
/// @param leaves at most [#LEAVES_MAX]; for AES-LC the leaves j-1, j, j+1 of R that lie in j's tile
///   and leaf j of D
public record SealCheck(List<OpenedLeaf> leaves) {
  /// Leaves in an answer at most, over all profiles.
  public static final int LEAVES_MAX = 56;

  static final int ENCODED_MAX = LEAVES_MAX * (OpenedLeaf.ENCODED_MAX + 8);

  public SealCheck {
    leaves = List.copyOf(leaves);
  }

  byte[] encode() {
    return new CanonicalWriter().list(1, leaves, OpenedLeaf::encode).toBytes();
  }

  static SealCheck decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in -> new SealCheck(in.list(1, LEAVES_MAX, OpenedLeaf.ENCODED_MAX, OpenedLeaf::decode)));
  }
}
