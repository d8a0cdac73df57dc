package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import java.util.List;

/// A user's word that contracts of its account end. Ending is final, so repeating it harms nobody.
///
/// @param contracts at most [#CONTRACTS_MAX]
public record Termination(Hash chainId, List<Hash> contracts) implements Statement {
  /// Contracts in one statement.
  public static final int CONTRACTS_MAX = 1000;

  public Termination {
    contracts = List.copyOf(contracts);
  }

  @Override
  public String statement() {
    return "StoreTerminate";
  }

  @Override
  public int signatureField() {
    return 3;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter().hash(1, chainId).list(2, contracts, Hash::toArray);
  }

  /// Decodes a signed termination.
  public static SignedStatement<Termination> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded, in -> new Termination(in.hash(1), in.list(2, CONTRACTS_MAX, Hash.SIZE, Hash::of)));
  }
}
