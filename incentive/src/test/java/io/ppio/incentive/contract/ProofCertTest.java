package io.ppio.incentive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.incentive.fixtures.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofCertTest {
  private static final PrivateKey A = Samples.key(11);
  private static final PrivateKey B = Samples.key(12);
  private static final PrivateKey C = Samples.key(13);
  private static final Committee COMMITTEE =
      new Committee(List.of(A.peerId(), B.peerId(), C.peerId()));

  private final Finding finding =
      Finding.porep(
          Hash.sha256(new byte[] {1}),
          Samples.MINER.account(),
          104,
          2,
          new Finding.Verdict(Finding.Result.OK, Hash.sha256(new byte[] {2})));

  private ProofCert signed(PrivateKey... keys) {
    List<Signature> signatures =
        List.of(keys).stream().map(key -> key.sign(finding.signedDigest())).toList();
    return ProofCert.of(finding, signatures);
  }

  @Test
  void twoOfThreeSuffice() {
    assertTrue(signed(A, C).isSignedBy(COMMITTEE));
    assertTrue(signed(A, B, C).isSignedBy(COMMITTEE));
    assertFalse(signed(B).isSignedBy(COMMITTEE));
    assertFalse(signed().isSignedBy(COMMITTEE));
  }

  @Test
  void aMemberCountsOnce() {
    assertEquals(1, signed(A, A, A).signers(COMMITTEE));
    assertFalse(signed(A, A).isSignedBy(COMMITTEE));
  }

  @Test
  void othersDoNotCount() {
    assertEquals(1, signed(A, Samples.MINER, Samples.INDEXER).signers(COMMITTEE));
  }

  @Test
  void signaturesOverAnotherFindingDoNotCount() {
    var failed =
        Finding.porep(
            Hash.sha256(new byte[] {1}),
            Samples.MINER.account(),
            104,
            2,
            new Finding.Verdict(Finding.Result.FAILED, Hash.sha256(new byte[] {2})));
    var mixed =
        ProofCert.of(
            finding, List.of(A.sign(finding.signedDigest()), B.sign(failed.signedDigest())));
    assertFalse(mixed.isSignedBy(COMMITTEE));
  }

  @Test
  void nothingIsSignedByNobody() {
    assertFalse(signed().isSignedBy(new Committee(List.of())));
  }
}
