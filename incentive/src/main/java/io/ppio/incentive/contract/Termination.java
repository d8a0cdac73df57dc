package io.ppio.incentive.contract;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.Statement;
import java.util.List;

/// A user's word that contracts of its account end. Ending is final, so repeating it harms nobody.
///
/// @param contracts at most [#CONTRACTS_MAX]
public record Termination(
    @Field(1) Hash chainId,
    @Field(value = 2, count = Termination.CONTRACTS_MAX) List<Hash> contracts)
    implements Statement {
  /// Contracts in one statement.
  public static final int CONTRACTS_MAX = 1000;

  public Termination {
    contracts = List.copyOf(contracts);
  }

  @Override
  public String statement() {
    return "StoreTerminate";
  }
}
