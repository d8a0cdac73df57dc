package io.ppio.data.proof.porep;

import static io.ppio.data.proof.KnownSegment.h;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.proof.KnownSegment;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rows 30 and 31 of the known answers (data and proofs specification 9.1), and a proof over them.
class ReplicaVectorTest {
  private final KnownSegment plain = KnownSegment.published();
  private final ReplicaId rid =
      ReplicaId.of(
          new ReplicaId.Binding(
              0x5050494f,
              h("miner-1"),
              h("contract-1"),
              plain.tree().root(),
              2,
              0,
              SealProfile.FAST,
              100,
              h("beacon-100"),
              Hash.ZERO));

  private KnownSegment sealed() throws IOException {
    List<byte[]> tiles = new ArrayList<>();
    new AesLayered().seal(rid, 2, plain.source(), (_, bytes) -> tiles.add(bytes.clone()));
    return KnownSegment.of(tiles);
  }

  @Test
  void hashOfACommitmentWithTwoLayers() {
    var two =
        new ReplicaId(
            HexHash.of("4996fa555d4f1fdf7e875d7b9ed6aa6a941658343a93140385f397548359c5e3"));
    var commit =
        new SealCommit(
            two,
            List.of(HexHash.of("c9889b0482ec247c7dde56f27b8a517afb8525d362c6a20bad80fa8979891182")),
            HexHash.of("7491abc21c23baa6cbb1a506145915fc80794df7ab2b1d214edba85589bfaf21"),
            Hash.ZERO,
            0);
    assertEquals(
        "13280f38780986811d941aa58982155b92d918699c6c4f517d8276f2d0498b18",
        commit.hash(SealProfile.STANDARD).hex());
  }

  @Test
  void rootOfTheSealedSegment() throws IOException {
    assertEquals(
        "1fe1c28faf95ed24a2bb1d49839cac705d9539a09b49f9d637ed94665e2857dd", rid.hash().hex());
    assertEquals(
        "69340853831cd2f3132e94d6deb8802dda294fd57eec0f00e288cfc091c1b4ae",
        sealed().tree().root().hex());
  }

  @Test
  void theHonestProofHoldsAtEveryPosition() throws IOException {
    KnownSegment sealed = sealed();
    var replica = new ReplicaProof(rid, 2, plain.tree().root(), sealed.tree().root());
    var trees = new ReplicaProof.Trees(plain.tree(), sealed.tree());
    for (long from = 0; from < 2 * Tile.BLOCKS; from += 16) {
      List<Long> positions = java.util.stream.LongStream.range(from, from + 16).boxed().toList();
      List<SealCheck> checks = replica.prove(positions, trees, sealed.source());
      assertEquals(Optional.empty(), replica.fault(positions, checks));
    }
    List<Long> drawn = replica.positions(h("beacon-104"));
    assertEquals(16, drawn.size());
    assertEquals(
        Optional.empty(), replica.fault(drawn, replica.prove(drawn, trees, sealed.source())));
  }
}
