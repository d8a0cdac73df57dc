package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;

/// A miner's word that it holds a copy durably (data and proofs specification 1.7).
public sealed interface Ack extends Statement {
  /// Longest encoded signed acknowledgement.
  int ENCODED_MAX = 256;

  /// The chain or network that it counts on.
  Hash chainId();

  /// The contract that it fulfils.
  Hash contract();

  /// The chunk hash.
  Hash segment();

  /// The Merkle root of what is durable.
  Hash root();

  /// The whole unsealed segment is verified against `root` = DT and synced in staging.
  ///
  /// @param height newest final beacon when it was given
  record Staged(
      @Field(1) Hash chainId,
      @Field(2) Hash contract,
      @Field(3) Hash segment,
      @Field(4) Hash root,
      @Field(5) long height)
      implements Ack {
    @Override
    public String statement() {
      return "StageAck";
    }

    /// Decodes a signed StageAck.
    public static SignedStatement<Staged> decode(byte[] encoded) throws MalformedMessage {
      return SignedStatement.decode(encoded, Staged.class);
    }
  }

  /// The sealed copy with `root` = RT is synced in the plot. Not that it was proven.
  ///
  /// @param height newest final beacon when it was given
  record Stored(
      @Field(1) Hash chainId,
      @Field(2) Hash contract,
      @Field(3) Hash segment,
      @Field(4) Hash root,
      @Field(5) long height)
      implements Ack {
    @Override
    public String statement() {
      return "StoreAck";
    }

    /// Decodes a signed StoreAck.
    public static SignedStatement<Stored> decode(byte[] encoded) throws MalformedMessage {
      return SignedStatement.decode(encoded, Stored.class);
    }
  }
}
