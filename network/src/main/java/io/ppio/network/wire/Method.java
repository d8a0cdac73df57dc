package io.ppio.network.wire;

import io.ppio.crypto.canonical.Coded;
import java.time.Duration;

/// What can be asked of a node (network specification 1.7, table of methods).
///
/// `LEDGER`, `INDEX`, `LANE` and `PROOF` carry messages of other layers, whose own kind says what
/// is repeatable; they count as not idempotent here.
public enum Method implements Coded {
  HELLO(0, 5_000, Trait.ONCE),
  OBSERVE(1, 1_000, Trait.IDEMPOTENT),
  DIAL_BACK(2, 15_000, Trait.IDEMPOTENT),
  RELAY_RESERVE(3, 5_000, Trait.IDEMPOTENT),
  RELAY_CONNECT(4, 10_000, Trait.ONCE),
  PUNCH(5, 5_000, Trait.IDEMPOTENT),
  FIND_NODE(10, 2_000, Trait.IDEMPOTENT),
  FIND_VALUE(11, 2_000, Trait.IDEMPOTENT),
  STORE(12, 2_000, Trait.IDEMPOTENT),
  DHT_PING(13, 2_000, Trait.IDEMPOTENT),
  NEIGHBOR_EXCHANGE(20, 2_000, Trait.IDEMPOTENT),
  PROBE(21, 5_000, Trait.IDEMPOTENT_BULK),
  CONTENT_QUERY(22, 1_000, Trait.IDEMPOTENT),
  SEGMENT_MAP(30, 3_000, Trait.IDEMPOTENT),
  GET_PIECES(31, 30_000, Trait.IDEMPOTENT_BULK),
  HAVE(32, 3_000, Trait.IDEMPOTENT),
  PUT_OPEN(40, 5_000, Trait.IDEMPOTENT),
  PUT_PIECE(41, 30_000, Trait.IDEMPOTENT_BULK),
  PUT_COMMIT(42, 10_000, Trait.IDEMPOTENT),
  PUT_ABORT(43, 5_000, Trait.IDEMPOTENT),
  COPY_FROM(44, 60_000, Trait.IDEMPOTENT),
  HOT_OFFER(50, 3_000, Trait.IDEMPOTENT),
  HOT_ACQUIRE(51, 3_000, Trait.IDEMPOTENT),
  HOT_RELEASE(52, 3_000, Trait.IDEMPOTENT),
  SERVICE_DIRECTORY(60, 3_000, Trait.IDEMPOTENT),
  P4P_QUERY(61, 3_000, Trait.IDEMPOTENT),
  GEOIP_SYNC(62, 60_000, Trait.IDEMPOTENT),
  LEDGER(70, 10_000, Trait.ONCE_PACED),
  INDEX(71, 5_000, Trait.ONCE),
  LANE(80, 2_000, Trait.ONCE_PACED),
  PROOF(90, 30_000, Trait.ONCE_PACED);

  private enum Trait {
    ONCE,
    ONCE_PACED,
    IDEMPOTENT,
    IDEMPOTENT_BULK
  }

  private final int code;
  private final Duration deadline;
  private final Trait trait;

  Method(int code, long deadlineMillis, Trait trait) {
    this.code = code;
    this.deadline = Duration.ofMillis(deadlineMillis);
    this.trait = trait;
  }

  @Override
  public int code() {
    return code;
  }

  /// How long an exchange may take where the caller does not say.
  public Duration deadline() {
    return deadline;
  }

  /// Whether asking twice does the same as asking once.
  public boolean idempotent() {
    return trait == Trait.IDEMPOTENT || trait == Trait.IDEMPOTENT_BULK;
  }

  /// Whether it moves pieces, which keep off the tunnel of the control messages.
  public boolean bulk() {
    return trait == Trait.IDEMPOTENT_BULK;
  }

  /// Whether it counts against the rate of control requests of a peer.
  public boolean rateLimited() {
    return trait == Trait.ONCE || trait == Trait.IDEMPOTENT;
  }

  /// Whether its layer paces it, by epochs or by payment: it counts against a rate of its own, for
  /// peers that do not keep to that. What is neither moves pieces and is paced by flow control.
  public boolean paced() {
    return trait == Trait.ONCE_PACED;
  }
}
