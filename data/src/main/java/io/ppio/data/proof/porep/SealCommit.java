package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
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
    ReplicaId rid, List<Hash> layerRoots, Hash sealedRoot, Hash plot, int sealMillis)
    implements Statement {
  private static final int LAYERS_MAX = 64;

  /// Longest encoded signed commitment.
  static final int ENCODED_MAX = LAYERS_MAX * (Hash.SIZE + 2) + 256;

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

  @Override
  public int signatureField() {
    return 6;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, rid.hash())
        .list(2, layerRoots, Hash::toArray)
        .hash(3, sealedRoot)
        .hash(4, plot)
        .u32(5, sealMillis);
  }

  /// Decodes a signed commitment.
  public static SignedStatement<SealCommit> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in ->
            new SealCommit(
                new ReplicaId(in.hash(1)),
                in.list(2, LAYERS_MAX, Hash.SIZE, Hash::of),
                in.hash(3),
                in.hash(4),
                in.u32(5)));
  }
}
