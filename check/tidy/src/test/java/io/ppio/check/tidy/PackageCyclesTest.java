package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackageCyclesTest {
  private final Map<String, String> texts = new TreeMap<>();

  private PackageCyclesTest plant(String folder, String name, String imported) {
    texts.put(
        folder + "/io/ppio/data/" + name.replace('.', '/') + ".java",
        "package io.ppio.data."
            + name.substring(0, name.lastIndexOf('.'))
            + ";\nimport io.ppio.data."
            + imported
            + ";\nclass "
            + name.substring(name.lastIndexOf('.') + 1)
            + " {}");
    return this;
  }

  private List<String> findings() {
    return PackageCycles.check(JavaSource.parse(texts)).stream().map(Finding::toString).toList();
  }

  @Test
  void packagesThatLookOneWayAreFine() {
    plant("data/src/main/java", "plot.Plot", "seal.Seal");
    plant("data/src/main/java", "plot.Tile", "hash.Hash");
    plant("data/src/main/java", "seal.Seal", "hash.Hash");
    assertEquals(List.of(), findings());
  }

  @Test
  void eachStepOfACycleIsFoundWithTheClassesThatTakeIt() {
    plant("data/src/main/java", "plot.Plot", "seal.Seal");
    plant("data/src/main/java", "plot.Tile", "seal.Codec.Mode");
    plant("data/src/main/java", "seal.Seal", "hash.Hash");
    plant("data/src/main/java", "hash.Hash", "plot.Plot");
    plant("data/src/main/java", "hash.Other", "merkle.Tree");
    plant("data/src/main/java", "merkle.Tree", "merkle.Tree.Leaf");
    assertEquals(
        List.of(
            "data/src/main/java/io/ppio/data/hash/Hash.java:2: io.ppio.data.hash ->"
                + " io.ppio.data.plot: in a cycle of 3 packages, through Hash -> Plot",
            "data/src/main/java/io/ppio/data/plot/Plot.java:2: io.ppio.data.plot ->"
                + " io.ppio.data.seal: in a cycle of 3 packages, through Plot -> Seal, Tile -> Codec",
            "data/src/main/java/io/ppio/data/seal/Seal.java:2: io.ppio.data.seal ->"
                + " io.ppio.data.hash: in a cycle of 3 packages, through Seal -> Hash"),
        findings());
    assertEquals(1, PackageCycles.count(JavaSource.parse(texts)));
  }

  @Test
  void aNameWrittenOutInFullCountsLikeAnImport() {
    plant("data/src/main/java", "plot.Plot", "seal.Seal");
    texts.put(
        "data/src/main/java/io/ppio/data/seal/Seal.java",
        "package io.ppio.data.seal; class Seal { io.ppio.data.plot.Plot plot; }");
    assertEquals(2, findings().size());
  }

  @Test
  void testsMayCloseACircle() {
    plant("data/src/main/java", "plot.Plot", "seal.Seal");
    plant("data/src/test/java", "seal.SealTest", "plot.Plot");
    assertEquals(List.of(), findings());
  }
}
