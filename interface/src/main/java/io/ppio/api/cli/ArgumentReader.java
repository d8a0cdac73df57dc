package io.ppio.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The forms in which the original clients write options (interface specification 4.1). Stateless.
final class ArgumentReader {
  /// Options for which the JavaScript SDK formats a missing value as `undefined`.
  private static final Set<String> UNDEFINABLE =
      Set.of("--keystore", "--key-passphrase", "--cpool-url", "--cpool-account");

  private ArgumentReader() {}

  /// Makes `-name` into `--name`, unquotes values once, and drops values that mean "not given".
  static String[] normalised(String... given) {
    List<String> normal = new ArrayList<>();
    for (String arg : given) {
      String option = twoDashes(arg);
      int equals = option.indexOf('=');
      if (!option.startsWith("--") || equals < 0) {
        normal.add(option);
        continue;
      }
      String name = option.substring(0, equals);
      String value = unquoted(option.substring(equals + 1));
      boolean undefined = UNDEFINABLE.contains(name) && value.equals("undefined");
      normal.add(name + "=" + (undefined ? "" : value));
    }
    return normal.toArray(String[]::new);
  }

  private static String twoDashes(String arg) {
    boolean singleDashName =
        arg.length() > 2 && arg.charAt(0) == '-' && Character.isLetter(arg.charAt(1));
    return singleDashName ? "-" + arg : arg;
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean quoted =
        last >= 1
            && value.charAt(0) == value.charAt(last)
            && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    return quoted ? value.substring(1, last) : value;
  }
}
