package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
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

  /// Newest final beacon when it was given.
  long height();

  @Override
  default int signatureField() {
    return 6;
  }

  @Override
  default CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, chainId())
        .hash(2, contract())
        .hash(3, segment())
        .hash(4, root())
        .u64(5, height());
  }

  /// The whole unsealed segment is verified against `root` = DT and synced in staging.
  record Staged(Hash chainId, Hash contract, Hash segment, Hash root, long height) implements Ack {
    @Override
    public String statement() {
      return "StageAck";
    }

    /// Decodes a signed StageAck.
    public static SignedStatement<Staged> decode(byte[] encoded) throws MalformedMessage {
      return SignedStatement.decode(encoded, in -> read(in, Staged::new));
    }
  }

  /// The sealed copy with `root` = RT is synced in the plot. Not that it was proven.
  record Stored(Hash chainId, Hash contract, Hash segment, Hash root, long height) implements Ack {
    @Override
    public String statement() {
      return "StoreAck";
    }

    /// Decodes a signed StoreAck.
    public static SignedStatement<Stored> decode(byte[] encoded) throws MalformedMessage {
      return SignedStatement.decode(encoded, in -> read(in, Stored::new));
    }
  }

  /// Makes an acknowledgement of its fields.
  @FunctionalInterface
  interface Form<T extends Ack> {
    /// @param height newest final beacon
    T of(Hash chainId, Hash contract, Hash segment, Hash root, long height);
  }

  private static <T extends Ack> T read(CanonicalReader in, Form<T> form) throws MalformedMessage {
    return form.of(in.hash(1), in.hash(2), in.hash(3), in.hash(4), in.u64(5));
  }
}
