package io.ppio.data.proof.challenge;

/// What a challenge is for. The numbers go into the seed.
public enum ProofType {
  /// That a replica is the seal of the contracted bytes.
  POREP(1),
  /// That it is still there.
  POST(2),
  /// That it was delivered.
  POD(3),
  /// That free space was filled.
  LPOC_INIT(4),
  /// That free space is still filled.
  LPOC_ONLINE(5),
  /// A timed question between the slots.
  SNAP(6);

  private final int code;

  ProofType(int code) {
    this.code = code;
  }

  /// Its number, 1 to 6.
  public int code() {
    return code;
  }
}
