package io.ppio.incentive.contract;

import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import java.util.List;
import java.util.Objects;

/// A finding with the signatures of the verifiers that share it (incentive specification 8.1).
///
/// @param failedRids replica ids that failed; PoSt only
/// @param wrongRids replica ids that were answered wrongly; PoSt only
/// @param signatures over the finding, at most [#SIGNATURES_MAX]
public record ProofCert(
    Finding finding,
    @Field(value = 8, count = ProofCert.RIDS_MAX) List<Hash> failedRids,
    @Field(value = 9, count = ProofCert.RIDS_MAX) List<Hash> wrongRids,
    @Field(value = 10, count = ProofCert.SIGNATURES_MAX) List<Signature> signatures) {
  /// Verifiers in a committee at most.
  public static final int SIGNATURES_MAX = 7;

  /// Replica ids in either list at most: the draws of one period.
  public static final int RIDS_MAX = 2048;

  /// Longest encoded certificate without replica ids.
  public static final int ENCODED_MAX = 1024;

  public ProofCert {
    failedRids = List.copyOf(failedRids);
    wrongRids = List.copyOf(wrongRids);
    signatures = List.copyOf(signatures);
  }

  /// A certificate about one replica or lane.
  public static ProofCert of(Finding finding, List<Signature> signatures) {
    return new ProofCert(finding, List.of(), List.of(), signatures);
  }

  /// How many of `committee` signed it, each counted once.
  public int signers(Committee committee) {
    List<PublicKey> members = committee.keys();
    Hash digest = finding.signedDigest();
    return (int)
        signatures.stream()
            .map(signature -> signature.recover(digest).orElse(null))
            .filter(Objects::nonNull)
            .distinct()
            .filter(members::contains)
            .count();
  }

  /// Whether a quorum of `committee` signed it; never, of an empty one.
  public boolean isSignedBy(Committee committee) {
    return !committee.members().isEmpty() && signers(committee) >= committee.quorum();
  }
}
