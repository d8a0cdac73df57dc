package io.ppio.consensus.beacon;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;

/// What a verifier has decided to sign for an epoch; on disk before the signature exists.
///
/// @param value B(e) that follows from the proposal
public record BeaconVote(BeaconMessage.Proposal proposal, Hash value) {
  private static final int PROPOSAL_MAX = 8192;

  /// The epoch it is for; a verifier votes for ever greater ones.
  public long epoch() {
    return proposal.epoch();
  }

  /// What is signed.
  public Hash statement(BeaconRules rules) {
    return rules.statement(epoch(), proposal.previous(), value);
  }

  byte[] encode() {
    return new CanonicalWriter()
        .message(1, BeaconCodec.encode(proposal).toArray())
        .hash(2, value)
        .toBytes();
  }

  static BeaconVote decode(byte[] encoded, int places) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    BeaconMessage.Proposal proposal =
        in.message(1, PROPOSAL_MAX, bytes -> BeaconCodec.proposal(bytes, places));
    Hash value = in.hash(2);
    in.end();
    return new BeaconVote(proposal, value);
  }
}
