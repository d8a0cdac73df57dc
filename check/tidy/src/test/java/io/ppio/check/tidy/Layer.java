package io.ppio.check.tidy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// The modules, lowest first: a module may use those before it and none after it. `tidy` is no
/// layer, it only reads.
enum Layer {
  ENV("env/api", "env", "io.ppio.env"),
  SIMULATED("env/simulated", "env-simulated", "io.ppio.env.simulated"),
  REAL("env/real", "env-real", "io.ppio.env.real"),
  CRYPTO("crypto", "crypto", "io.ppio.crypto"),
  PHYSICAL("physical", "physical", "io.ppio.physical"),
  DATA("data", "data", "io.ppio.data"),
  NETWORK("network", "network", "io.ppio.network"),
  CONSENSUS("consensus", "consensus", "io.ppio.consensus"),
  INCENTIVE("incentive", "incentive", "io.ppio.incentive"),
  NODE("node", "node", "io.ppio.node"),
  INTERFACE("interface", "interface", "io.ppio.api"),
  APPLICATION("application", "application", "io.ppio.app"),
  SIM("check/sim", "sim", "io.ppio.check.sim"),
  BENCH("check/bench", "bench", "io.ppio.check.bench"),
  TIDY("check/tidy", "tidy", "io.ppio.check.tidy");

  final String folder;
  final String artifact;
  final String packageName;

  Layer(String folder, String artifact, String packageName) {
    this.folder = folder;
    this.artifact = artifact;
    this.packageName = packageName;
  }

  static Optional<Layer> ofFolder(String folder) {
    return Arrays.stream(values()).filter(layer -> layer.folder.equals(folder)).findFirst();
  }

  static Optional<Layer> ofArtifact(String artifact) {
    return Arrays.stream(values()).filter(layer -> layer.artifact.equals(artifact)).findFirst();
  }

  /// The layer of a qualified name (a package, a class or a member), empty outside the project.
  static Optional<Layer> ofName(String name) {
    return Arrays.stream(values())
        .filter(layer -> (name + ".").startsWith(layer.packageName + "."))
        .max(Comparator.comparingInt(layer -> layer.packageName.length()));
  }

  boolean holds(String name) {
    return ofName(name).filter(this::equals).isPresent();
  }

  boolean mayUse(Layer other) {
    return compareTo(other) >= 0;
  }
}
