package io.ppio.api.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as people write them: `10737418240`, `10G`, `2GiB`, `500 M` (interface specification 5.1,
/// StorageMax).
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?([BKMGT]?)(?:IB|B)?");
  private static final String UNITS = "BKMGT";

  private ByteSize() {}

  /// The bytes that `text` names; units are powers of 1024.
  ///
  /// @throws IllegalArgumentException when it is no size
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size such as 2GiB");
    }
    int power = Math.max(0, UNITS.indexOf(String.valueOf(matcher.group(2))));
    long factor = 1L << (10 * power);
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too large", e);
    }
  }

  /// A size for people: one decimal and a unit.
  public static String format(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    String suffix = unit == 0 ? "B" : UNITS.charAt(unit) + "iB";
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, suffix);
  }
}
