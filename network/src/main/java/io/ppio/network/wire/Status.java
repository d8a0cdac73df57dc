package io.ppio.network.wire;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;

/// How an exchange ended (network specification 1.8).
public enum Status implements Coded {
  OK(0, Remedy.NONE),
  BAD_REQUEST(1, Remedy.NONE),
  UNAUTHENTICATED(2, Remedy.NONE),
  FORBIDDEN(3, Remedy.NONE),
  NOT_FOUND(4, Remedy.OTHER_PEER),
  DEADLINE(5, Remedy.OTHER_PEER),
  OVERLOADED(6, Remedy.LATER),
  UNAVAILABLE(7, Remedy.OTHER_PEER),
  WRONG_NETWORK(8, Remedy.NONE),
  VERSION(9, Remedy.NONE),
  CLOCK(10, Remedy.NONE),
  FRAME_TOO_LARGE(11, Remedy.NONE),
  PROTOCOL_VIOLATION(12, Remedy.NONE),
  PAYMENT_REQUIRED(13, Remedy.NEW_CONTRACT),
  CONTRACT_INVALID(14, Remedy.NEW_CONTRACT),
  CORRUPT(15, Remedy.OTHER_PEER),
  RELAY_LIMIT(16, Remedy.OTHER_PEER),
  NO_RESERVATION(17, Remedy.OTHER_PEER),
  DUPLICATE(18, Remedy.OTHER_TUNNEL),
  INTERNAL(19, Remedy.OTHER_PEER);

  /// What may help after a failure.
  public enum Remedy {
    /// The same request fails again anywhere.
    NONE,
    /// Another peer (or relay) may do it.
    OTHER_PEER,
    /// The same peer may do it after the delay it named, or another one now.
    LATER,
    /// The contract has to be put right first.
    NEW_CONTRACT,
    /// The surviving tunnel to the same peer does it.
    OTHER_TUNNEL
  }

  private static final Status[] ALL = values();

  private final int code;
  private final Remedy remedy;

  Status(int code, Remedy remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  @Override
  public int code() {
    return code;
  }

  /// What may help.
  public Remedy remedy() {
    return remedy;
  }

  /// The status with `code`.
  public static Status of(int code) throws MalformedMessage {
    return Coded.of(ALL, code);
  }
}
