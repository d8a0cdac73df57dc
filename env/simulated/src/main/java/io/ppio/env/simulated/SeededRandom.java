package io.ppio.env.simulated;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/// A stream of random bits that depends on a seed and a path of names only.
///
/// xoshiro256++ (Blackman and Vigna, 2019) whose 256-bit state is the SHA-256 of seed and names:
/// streams with different names are independent, however close their seeds. The same on every JDK,
/// which the generators of the platform do not promise. Owned by one task; not for keys.
public final class SeededRandom implements RandomGenerator {
  private long s0;
  private long s1;
  private long s2;
  private long s3;

  private SeededRandom(ByteBuffer state) {
    s0 = state.getLong();
    s1 = state.getLong();
    s2 = state.getLong();
    s3 = state.getLong();
  }

  /// The stream of `seed` and `names`.
  public static SeededRandom of(long seed, String... names) {
    MessageDigest digest = Trace.sha256();
    digest.update(ByteBuffer.allocate(8).putLong(seed).flip());
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return new SeededRandom(ByteBuffer.wrap(digest.digest()));
  }

  @Override
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long shifted = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /// Whether something of probability `probability` (0 to 1) happens; draws nothing when it is 0.
  boolean happens(double probability) {
    return probability > 0 && nextDouble() < probability;
  }

  /// A number from 0 to `max`, both included.
  long upTo(long max) {
    return max <= 0 ? 0 : nextLong(max + 1);
  }
}
