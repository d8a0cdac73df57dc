package io.ppio.incentive.contract;

import io.ppio.data.cp.CpWriter;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Hash;
import io.ppio.incentive.statement.Signed;
import io.ppio.incentive.statement.Stated;
import java.util.List;

/// A user's word that contracts of its account end. Ending is final, so repeating it harms nobody.
///
/// @param contracts at most [#CONTRACTS_MAX]
public record Termination(Hash chainId, List<Hash> contracts) implements Stated {
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
  public CpWriter write() {
    return new CpWriter().hash(1, chainId).list(2, contracts, Hash::toArray);
  }

  /// Decodes a signed termination.
  public static Signed<Termination> decode(byte[] encoded) throws MalformedMessage {
    return Signed.decode(
        encoded, in -> new Termination(in.hash(1), in.list(2, CONTRACTS_MAX, Hash.SIZE, Hash::of)));
  }
}
