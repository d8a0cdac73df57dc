package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoleNamesTest {
  private static List<String> places(String folder, String packageName, String text) {
    return Planted.places(
        new RoleNames(),
        "node/src/" + folder + "/java/io/ppio/node/A.java",
        "package " + packageName + ";\n" + text);
  }

  @Test
  void aRoleNamesItselfAndWhatLiesBelow() {
    assertEquals(
        List.of(),
        places(
            "main",
            "io.ppio.node.user.get",
            "import io.ppio.node.host.NodeHost; import io.ppio.node.user.UserLog;"
                + " import io.ppio.data.hash.Hash; class A { io.ppio.node.user.put.PutJob job; }"));
    assertEquals(
        List.of(),
        places("main", "io.ppio.node.host", "import io.ppio.node.miner.MinerNode; class A {}"));
  }

  @Test
  void aRoleThatNamesAnotherIsFoundHoweverItDoes() {
    assertEquals(
        List.of(
            "2: user names io.ppio.node.miner.MinerNode: no role names another",
            "3: user names io.ppio.node.indexer.index.ContractTable: no role names another",
            "4: user names io.ppio.node.verifier.Trust: no role names another"),
        places(
            "main",
            "io.ppio.node.user.get",
            """
            import io.ppio.node.miner.MinerNode;
            import static io.ppio.node.indexer.index.ContractTable.KEY;
            class A { io.ppio.node.verifier.Trust.Level level; }
            """));
  }

  @Test
  void testsPutRolesTogether() {
    assertEquals(
        List.of(),
        places("test", "io.ppio.node.user", "import io.ppio.node.miner.MinerNode; class A {}"));
  }
}
