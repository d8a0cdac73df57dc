package io.ppio.check.tidy;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who may name whom: layers downwards only, the real and the simulated world only where a program
/// or a test is put together, and each big library only in the module that hides it. Imports and
/// names written out in full count alike.
final class LayerImports implements SourceRule {
  /// Packages that only the modules listed may name in their main sources; tests may name what
  /// their module can see.
  private static final Map<String, Set<Layer>> HOMES = new TreeMap<>();

  static {
    HOMES.put("io.ppio.env.real", Set.of(Layer.REAL, Layer.INTERFACE, Layer.BENCH));
    HOMES.put("io.ppio.env.simulated", Set.of(Layer.SIMULATED, Layer.SIM, Layer.BENCH));
    HOMES.put("io.netty", Set.of(Layer.REAL, Layer.BENCH));
    HOMES.put("org.rocksdb", Set.of(Layer.REAL, Layer.BENCH));
    HOMES.put("org.eclipse.jetty", Set.of(Layer.INTERFACE, Layer.APPLICATION, Layer.BENCH));
    HOMES.put("picocli", Set.of(Layer.INTERFACE, Layer.SIM, Layer.BENCH));
    HOMES.put("ch.qos.logback", Set.of(Layer.REAL, Layer.INTERFACE));
    HOMES.put("fr.acinq", Set.of(Layer.CRYPTO, Layer.BENCH));
    HOMES.put("com.google.protobuf", Set.of(Layer.CRYPTO, Layer.BENCH));
    HOMES.put("org.openjdk.jmh", Set.of(Layer.BENCH));
  }

  @Override
  public List<Finding> check(JavaSource source) {
    List<Finding> findings = new ArrayList<>();
    Optional<Layer> layer = Layer.ofFolder(source.module());
    if (layer.isEmpty()) {
      return List.of(new Finding(source.path, 1, source.module() + " is not one of the modules"));
    }
    if (!layer.get().holds(source.packageName())) {
      findings.add(
          new Finding(source.path, 1, "its package must lie in " + layer.get().packageName));
    }
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitPackage(PackageTree tree, @Nullable Void unused) {
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
        String name = tree.toString();
        Optional<String> complaint = complaint(source, layer.get(), name);
        if (complaint.isPresent()) {
          findings.add(source.finding(tree, complaint.get()));
          return null;
        }
        return super.visitMemberSelect(tree, null);
      }
    }.scan(source.unit, null);
    return findings;
  }

  private static Optional<String> complaint(JavaSource source, Layer layer, String name) {
    Optional<Layer> target = Layer.ofName(name);
    if (target.isPresent() && !layer.mayUse(target.get())) {
      return Optional.of(
          "%s may not use %s: layers look downwards only (%s)"
              .formatted(layer.folder, target.get().folder, name));
    }
    if (source.isTest()) {
      return Optional.empty();
    }
    for (var home : HOMES.entrySet()) {
      boolean named = name.equals(home.getKey()) || name.startsWith(home.getKey() + ".");
      if (named && !home.getValue().contains(layer)) {
        return Optional.of(
            "%s may not name %s: it goes through the module that hides it"
                .formatted(layer.folder, name));
      }
    }
    return Optional.empty();
  }
}
