package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// What a verifier signs: fields 1 to 7 of a certificate.
///
/// @param subject the contract for PoRep, channel and miner for PoD, the plot otherwise
/// @param period or height, as the kind has it
/// @param units tiles that it is about
/// @param answers digest of the answers: the list root of the proof bodies
public record Finding(
    @Field(1) Kind kind,
    @Field(value = 2, max = Finding.SUBJECT_MAX, absent = "refused") Bytes subject,
    @Field(3) Account miner,
    @Field(4) long period,
    @Field(value = 5, max = Finding.UNITS_MAX, unit = "tiles") long units,
    @Field(6) Result result,
    @Field(7) Hash answers)
    implements Statement {
  static final int SUBJECT_MAX = 64;
  static final long UNITS_MAX = 1L << 40;

  /// What was proven. Numbers on the wire are fixed.
  public enum Kind implements Coded {
    /// A replica.
    POREP(1),
    /// Its persistence.
    POST(2),
    /// A delivery.
    POD(3),
    /// Free capacity.
    LPOC(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  /// What was found. Numbers on the wire are fixed.
  public enum Result implements Coded {
    /// The proof holds.
    OK(1),
    /// It does not.
    FAILED(2),
    /// There was none in time.
    NO_ANSWER(3);

    private final int code;

    Result(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  public Finding {
    Check.range(subject.size(), Hash.SIZE, SUBJECT_MAX, "bytes in the subject");
    Check.range(units, 0, UNITS_MAX, "units");
  }

  /// The finding about one replica.
  ///
  /// @param height h of its challenge
  /// @param tiles T
  public static Finding porep(
      Hash contract, Account miner, long height, int tiles, Verdict verdict) {
    return new Finding(
        Kind.POREP, contract.bytes(), miner, height, tiles, verdict.result(), verdict.answers());
  }

  /// A result and the digest of the answers that led to it, see [Finding#answers].
  public record Verdict(Result result, Hash answers) {}

  @Override
  public String statement() {
    return "ProofCert";
  }

  /// Single signatures are collected in a [ProofCert]; as a message of its own a finding carries
  /// one here.
  @Override
  public int signatureField() {
    return 10;
  }
}
