package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;

/// What a LaneOffer commits to: the ciphered form of one segment and the keys of its windows. The
/// miner signs it, and so does the key holder that checked it.
///
/// @param segment the chunk hash
/// @param cipheredRoot R'T
/// @param windowPieces w, 1 to [#WINDOW_MAX]
/// @param keyRoot list root over `H(K_j)`
public record LaneTerms(
    Hash channel, Hash segment, Hash cipheredRoot, int windowPieces, Hash keyRoot)
    implements Statement {
  /// Pieces in a window at most.
  public static final int WINDOW_MAX = 64;

  public LaneTerms {
    Check.range(windowPieces, 1, WINDOW_MAX, "window");
  }

  @Override
  public String statement() {
    return "LaneOffer";
  }

  @Override
  public int signatureField() {
    return 6;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, channel)
        .hash(2, segment)
        .hash(3, cipheredRoot)
        .u32(4, windowPieces)
        .hash(5, keyRoot);
  }

  static LaneTerms read(CanonicalReader in) throws MalformedMessage {
    return new LaneTerms(in.hash(1), in.hash(2), in.hash(3), in.u32(4), in.hash(5));
  }
}
