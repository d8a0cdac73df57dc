package io.ppio.check.tidy;

import java.util.Set;
import java.util.regex.Pattern;

/// Finds the internal names of classes in descriptors and signatures.
final class TypeNames {
  private static final Pattern TYPE = Pattern.compile("L([\\w/$]+)[;<]");

  private TypeNames() {}

  /// Adds the classes of a descriptor or a generic signature, such as `(Lio/ppio/env/Env;[J)V`.
  static void inText(String descriptor, Set<String> names) {
    var types = TYPE.matcher(descriptor);
    while (types.find()) {
      names.add(types.group(1));
    }
  }

  /// Adds what a class entry names: a class, or an array of one.
  static void ofEntry(String name, Set<String> names) {
    if (name.startsWith("[")) {
      inText(name, names);
    } else {
      names.add(name);
    }
  }
}
