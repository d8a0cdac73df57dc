package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerImportsTest {
  private final LayerImports rule = new LayerImports();

  private List<String> inData(String text) {
    return Planted.messages(
        rule, "data/src/main/java/io/ppio/data/A.java", "package io.ppio.data;\n" + text);
  }

  @Test
  void lowerLayersAndTheOwnOneMayBeUsed() {
    assertEquals(
        List.of(),
        inData(
            "import io.ppio.env.Env; import io.ppio.physical.Disk; import io.ppio.crypto.hash.Hash; class A {}"));
  }

  @Test
  void oneImportFromAHigherLayerIsFound() {
    assertEquals(
        List.of("data may not use network: layers look downwards only (io.ppio.network.dht.Kad)"),
        inData("import io.ppio.network.dht.Kad; class A {}"));
  }

  @Test
  void aNameWrittenOutInFullCountsAsAnImport() {
    assertEquals(
        List.of("data may not use node: layers look downwards only (io.ppio.node.user.UserNode)"),
        inData("class A { Object a() { return new io.ppio.node.user.UserNode(); } }"));
    assertEquals(
        List.of(
            "data may not use consensus: layers look downwards only (io.ppio.consensus.chain.Path.of)"),
        inData("import static io.ppio.consensus.chain.Path.of; class A {}"));
  }

  @Test
  void theInterfaceLivesInApiAndIsAboveTheNode() {
    String api = "package io.ppio.api.rpc; import io.ppio.node.user.UserNode; class A {}";
    assertEquals(
        List.of(), Planted.messages(rule, "interface/src/main/java/io/ppio/api/rpc/A.java", api));
    String node = "package io.ppio.node; import io.ppio.api.rpc.Rpc; class A {}";
    assertEquals(
        List.of("node may not use interface: layers look downwards only (io.ppio.api.rpc.Rpc)"),
        Planted.messages(rule, "node/src/main/java/io/ppio/node/A.java", node));
  }

  @Test
  void aPackageCannotPretendToBelongToAnotherLayer() {
    assertEquals(
        List.of("its package must lie in io.ppio.data"),
        Planted.messages(
            rule, "data/src/main/java/io/ppio/node/A.java", "package io.ppio.node; class A {}"));
    assertEquals(
        List.of("its package must lie in io.ppio.data"),
        Planted.messages(
            rule,
            "data/src/main/java/io/ppio/database/A.java",
            "package io.ppio.database; class A {}"));
  }

  @Test
  void aNewModuleHasToBecomeALayerFirst() {
    assertEquals(
        List.of("extras is not one of the modules"),
        Planted.messages(
            rule,
            "extras/src/main/java/io/ppio/extras/A.java",
            "package io.ppio.extras; class A {}"));
  }

  @Test
  void librariesAreNamedOnlyWhereTheyAreHidden() {
    assertEquals(
        List.of(
            "data may not name io.netty.buffer.ByteBuf: it goes through the module that hides it"),
        inData("import io.netty.buffer.ByteBuf; class A {}"));
    assertEquals(
        List.of(
            "data may not name io.ppio.env.real.RealEnv: it goes through the module that hides it"),
        inData("import io.ppio.env.real.RealEnv; class A {}"));
    assertEquals(
        List.of(),
        Planted.messages(
            rule,
            "data/src/test/java/io/ppio/data/ATest.java",
            "package io.ppio.data; import io.ppio.env.simulated.World; class ATest {}"));
  }
}
