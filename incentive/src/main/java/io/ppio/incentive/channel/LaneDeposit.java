package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.contract.Match;

/// from a miner to the key holder: everything of a lane, its secret included (data and proofs
/// specification 5.2, step 3). Its link is the only thing that keeps the secret.
///
/// @param plainRoot DT as the miner has it
/// @param secret lane_secret, from which all window keys follow
/// @param miner the miner's signature over `terms`
/// @param match the contract under which the miner holds the copy
public record LaneDeposit(
    LaneTerms terms, Hash plainRoot, Hash secret, Signature miner, SignedStatement<Match> match)
    implements LaneMessage {
  /// Its own copy of the offer's terms under the miner's signature.
  public SignedStatement<LaneTerms> signedTerms() {
    return new SignedStatement<>(terms, miner);
  }

  /// In canonical protobuf.
  public byte[] encode() {
    return new CanonicalWriter()
        .hash(1, terms.channel())
        .hash(2, terms.segment())
        .hash(3, plainRoot)
        .hash(4, terms.cipheredRoot())
        .u32(5, terms.windowPieces())
        .hash(6, terms.keyRoot())
        .hash(7, secret)
        .bytes(8, miner.bytes())
        .message(9, match.encode())
        .toBytes();
  }

  /// Decodes one.
  public static LaneDeposit decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, LaneDeposit::read);
  }

  private static LaneDeposit read(CanonicalReader in) throws MalformedMessage {
    Hash channel = in.hash(1);
    Hash segment = in.hash(2);
    Hash plainRoot = in.hash(3);
    Hash cipheredRoot = in.hash(4);
    int window = in.u32(5);
    LaneTerms terms = new LaneTerms(channel, segment, cipheredRoot, window, in.hash(6));
    return new LaneDeposit(
        terms,
        plainRoot,
        in.hash(7),
        in.message(8, Signature.SIZE, Signature::decode),
        in.message(9, Match.ENCODED_MAX, Match::decode));
  }

  /// Everything but the secret.
  @Override
  public String toString() {
    return "LaneDeposit[" + terms + "]";
  }
}
