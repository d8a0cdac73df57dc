package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;

/// A named indexer's word that one miner holds one copy of an ordered segment: the storage contract
/// before a ledger, and the token of everything that is done under it (network specification 1.10).
///
/// It is worth something only under the signature of an indexer that the network names:
/// `signed.isBy(indexer)` and [#isOrdered].
///
/// @param userSignature over the batch that contains the order
/// @param copy from 0
/// @param generation from 0; a re-match of the same copy counts up
/// @param height h_c, the newest final beacon when it was matched
public record Match(
    PathedOrder ordered,
    @Field(3) Signature userSignature,
    @Field(value = 4, max = Terms.COPIES_MAX) int copy,
    @Field(value = 5, max = Match.GENERATION_MAX) int generation,
    @Field(6) PublicKey miner,
    @Field(7) long height)
    implements Statement {
  /// Longest encoded signed match.
  public static final int ENCODED_MAX = 5 << 10;

  static final int GENERATION_MAX = 1 << 20;

  public Match {
    Check.range(copy, 0, ordered.order().terms().copies() - 1L, "copy");
    Check.range(generation, 0, GENERATION_MAX, "generation");
  }

  /// The order that it fulfils.
  public SegmentOrder order() {
    return ordered.order();
  }

  /// The contract's name: see [#contractId(Hash, int, int, Account)].
  public Hash contractId() {
    return contractId(order().hash(), copy, generation, miner.account());
  }

  /// `TH("ppio/contract/1", order_hash ‖ u32 copy ‖ u32 generation ‖ miner)`, the miner as its
  /// account.
  public static Hash contractId(Hash orderHash, int copy, int generation, Account miner) {
    return Hash.tagged(
        "ppio/contract/1",
        new FixedWidth().hash(orderHash).u32(copy).u32(generation).bytes(miner.bytes()));
  }

  /// Whether the user that the order names signed it.
  public boolean isOrdered() {
    return OrderBatch.isSigned(ordered, userSignature);
  }

  @Override
  public String statement() {
    return "Match";
  }

  /// Decodes a signed match.
  public static SignedStatement<Match> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, Match.class);
  }
}
