package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Check;
import java.util.ArrayList;
import java.util.List;

/// A miner's word that it sealed a replica to this root, given before anybody knows which positions
/// will be asked for.
///
/// @param layerRoots T_1 … T_{L-1} where the profile needs them, none for AES-LC
/// @param sealedRoot RT
/// @param plot plot_id of the plot that holds it
/// @param sealMillis how long sealing took; a hint
public record SealCommit(
    @Field(1) ReplicaId rid,
    @Field(value = 2, count = SealCommit.LAYERS_MAX) List<Hash> layerRoots,
    @Field(3) Hash sealedRoot,
    @Field(4) Hash plot,
    @Field(value = 5, unit = "ms") int sealMillis)
    implements Statement {
  private static final int LAYERS_MAX = 64;

  public SealCommit {
    layerRoots = List.copyOf(layerRoots);
    Check.range(layerRoots.size(), 0, LAYERS_MAX - 1L, "layer roots");
    Check.range(sealMillis, 0, Integer.MAX_VALUE, "sealing time");
  }

  /// A commitment of a replica in the FAST profile.
  public static SealCommit fast(ReplicaId rid, Hash sealedRoot, Hash plot, int sealMillis) {
    return new SealCommit(rid, List.of(), sealedRoot, plot, sealMillis);
  }

  /// `TH("ppio/seal/commit", rid ‖ u8 L ‖ T_1 ‖ … ‖ RT)`, which is recorded.
  public Hash hash(SealProfile profile) {
    List<Hash> roots = new ArrayList<>(layerRoots);
    roots.add(sealedRoot);
    return rid.commitment(profile, roots);
  }

  @Override
  public String statement() {
    return "SealCommit";
  }

  /// Decodes a signed commitment.
  public static SignedStatement<SealCommit> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, SealCommit.class);
  }
}
