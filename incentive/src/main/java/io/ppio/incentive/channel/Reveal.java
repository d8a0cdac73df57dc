package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;

/// LANE kind 5, the answer to a voucher: the key of a window, signed by the key holder so that a
/// wrong one is evidence.
///
/// @param window j
/// @param key K_j
/// @param lane whose window it is
public record Reveal(int window, Hash key, Hash lane) implements Statement {
  /// Longest encoded signed reveal.
  public static final int ENCODED_MAX = 192;

  public Reveal {
    Check.range(window, 0, LaneOffer.WINDOWS_MAX - 1L, "window");
  }

  /// Whether it opens what `keyHash` stands for.
  public boolean opens(Hash keyHash) {
    return Hash.sha256(key.toArray()).equals(keyHash);
  }

  @Override
  public String statement() {
    return "Reveal";
  }

  @Override
  public int signatureField() {
    return 4;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter().u32(1, window).hash(2, key).hash(3, lane);
  }

  /// Decodes a signed reveal.
  public static SignedStatement<Reveal> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, in -> new Reveal(in.u32(1), in.hash(2), in.hash(3)));
  }

  /// Everything but the key.
  @Override
  public String toString() {
    return "Reveal[window=" + window + ", lane=" + lane + "]";
  }
}
