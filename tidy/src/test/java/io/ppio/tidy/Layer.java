package io.ppio.tidy;

import java.util.Arrays;
import java.util.Optional;

/// The modules, lowest first: a module may use those before it and none after it. `tidy` is no
/// layer, it only reads.
enum Layer {
  ENV("env", "io.ppio.env"),
  PHYSICAL("physical", "io.ppio.physical"),
  DATA("data", "io.ppio.data"),
  PROOF("proof", "io.ppio.proof"),
  NETWORK("network", "io.ppio.network"),
  CONSENSUS("consensus", "io.ppio.consensus"),
  INCENTIVE("incentive", "io.ppio.incentive"),
  NODE("node", "io.ppio.node"),
  INTERFACE("interface", "io.ppio.api"),
  APPLICATION("application", "io.ppio.app"),
  SIM("sim", "io.ppio.sim"),
  BENCH("bench", "io.ppio.bench"),
  TIDY("tidy", "io.ppio.tidy");

  final String folder;
  final String packageName;

  Layer(String folder, String packageName) {
    this.folder = folder;
    this.packageName = packageName;
  }

  static Optional<Layer> ofFolder(String folder) {
    return Arrays.stream(values()).filter(layer -> layer.folder.equals(folder)).findFirst();
  }

  /// The layer of a qualified name (a package, a class or a member), empty outside the project.
  static Optional<Layer> ofName(String name) {
    return Arrays.stream(values()).filter(layer -> layer.holds(name)).findFirst();
  }

  boolean holds(String name) {
    return name.equals(packageName) || name.startsWith(packageName + ".");
  }

  boolean mayUse(Layer other) {
    return compareTo(other) >= 0;
  }
}
