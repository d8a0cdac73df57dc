package io.ppio.node.verifier;

import io.ppio.env.Counter;

/// What an operator sees of a verifier.
public enum VerifierCounter implements Counter {
  BEACON_EPOCH("epoch", "newest final one it knows now"),
  LANES("lanes", "whose keys it holds now"),
  RECEIPTS("commitments", "recorded, repeated requests not counted"),
  PROOFS_ACCEPTED("findings", "signed that a proof holds"),
  PROOFS_FAILED("findings", "signed that a proof is wrong"),
  PROOFS_REFUSED("requests", "proofs and commitments not accepted"),
  LANES_REFUSED("deposits", "not confirmed"),
  MINERS_REPORTED("lanes", "whose miner failed its check, since the first start"),
  REVEALS_MISSED("reveals", "of verifiers that the final epochs lack"),
  REVEALS("keys", "given out"),
  VOUCHERS_REFUSED("vouchers", "that counted for nothing");

  private final String unit;
  private final String meaning;

  VerifierCounter(String unit, String meaning) {
    this.unit = unit;
    this.meaning = meaning;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
