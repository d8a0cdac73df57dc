package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;

/// The answer to a voucher: the key of a window, signed by the key holder so that a wrong one is
/// evidence.
///
/// @param window j
/// @param key K_j
/// @param lane whose window it is
public record Reveal(
    @Field(value = 1, max = LaneOffer.WINDOWS_MAX - 1) int window,
    @Field(2) Hash key,
    @Field(3) Hash lane)
    implements Statement {
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

  /// Decodes a signed reveal.
  public static SignedStatement<Reveal> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, Reveal.class);
  }

  /// Everything but the key.
  @Override
  public String toString() {
    return "Reveal[window=" + window + ", lane=" + lane + "]";
  }
}
