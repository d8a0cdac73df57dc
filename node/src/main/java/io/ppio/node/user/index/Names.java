package io.ppio.node.user.index;

import io.ppio.node.user.api.UserFailure;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What buckets, keys and metadata may be (interface specification 1.5). Stateless.
public final class Names {
  /// Bytes of UTF-8 in a key.
  public static final int KEY_MAX = 4095;

  /// Bytes of UTF-8 in an object's metadata.
  public static final int METADATA_MAX = 4096;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{2,62}");

  private Names() {}

  /// Refuses a name that no bucket may have.
  public static void checkBucket(String bucket) throws UserFailure {
    if (!BUCKET.matcher(bucket).matches()) {
      throw UserFailure.illegalOption(
          "bucket", "3 to 63 of a-z, 0-9, '.' and '-', beginning with a letter or digit");
    }
  }

  /// Refuses a key that no object may have.
  public static void checkKey(String key) throws UserFailure {
    int size = key.getBytes(StandardCharsets.UTF_8).length;
    if (size < 1 || size > KEY_MAX) {
      throw UserFailure.illegalOption("key", "1 to " + KEY_MAX + " bytes, not " + size);
    }
  }

  /// Refuses metadata that is too long.
  public static void checkMetadata(String metadata) throws UserFailure {
    int size = metadata.getBytes(StandardCharsets.UTF_8).length;
    if (size > METADATA_MAX) {
      throw UserFailure.illegalOption(
          "metadata", "at most " + METADATA_MAX + " bytes, not " + size);
    }
  }
}
