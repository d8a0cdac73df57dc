package io.ppio.incentive.contract;

import static io.ppio.incentive.contract.ContractState.Effect.DROP_COPY;
import static io.ppio.incentive.contract.ContractState.Effect.PLACE_AGAIN;
import static io.ppio.incentive.contract.ContractState.Effect.RETURN_PREPAID;
import static io.ppio.incentive.contract.ContractState.Effect.SERVICE_TO_MINER;
import static io.ppio.incentive.contract.ContractState.Effect.SERVICE_TO_USER;
import static io.ppio.incentive.contract.ContractState.Effect.SETTLE;

import io.ppio.crypto.canonical.Coded;
import java.util.List;

/// One storage contract as its record keeper sees it (incentive specification 5.4).
///
/// | in        | on                            | to         | effects                                     |
/// |-----------|-------------------------------|------------|---------------------------------------------|
/// | PENDING   | Activated                     | AVAILABLE  |                                             |
/// | PENDING   | Unproven                      | CANCELLED  | DROP_COPY, PLACE_AGAIN                      |
/// | PENDING   | Lost                          | FAILED     | PLACE_AGAIN                                 |
/// | PENDING   | Ended by its user, committed  | CANCELLED  | DROP_COPY, RETURN_PREPAID, SERVICE_TO_MINER |
/// | PENDING   | Ended by its user, otherwise  | CANCELLED  | DROP_COPY, RETURN_PREPAID, SERVICE_TO_USER  |
/// | PENDING   | Expired, committed            | CANCELLED  | DROP_COPY, RETURN_PREPAID, SERVICE_TO_MINER |
/// | PENDING   | Expired, otherwise            | CANCELLED  | DROP_COPY, RETURN_PREPAID, SERVICE_TO_USER  |
/// | AVAILABLE | Missed                        | SUSPECT    |                                             |
/// | AVAILABLE | Lost                          | FAILED     | PLACE_AGAIN                                 |
/// | AVAILABLE | Ended by its user             | TERMINATED | DROP_COPY, SETTLE                           |
/// | AVAILABLE | Expired                       | EXPIRED    | DROP_COPY, SETTLE                           |
/// | SUSPECT   | Proven                        | AVAILABLE  |                                             |
/// | SUSPECT   | Missed, Lost                  | FAILED     | PLACE_AGAIN                                 |
/// | SUSPECT   | Ended by its user             | TERMINATED | DROP_COPY, SETTLE                           |
/// | SUSPECT   | Expired                       | EXPIRED    | DROP_COPY, SETTLE                           |
/// | FAILED    | Replaced                      | REPLACED   | DROP_COPY                                   |
/// | FAILED    | Ended by its user             | TERMINATED | DROP_COPY, SETTLE                           |
/// | FAILED    | Expired                       | ENDED      | DROP_COPY, SETTLE                           |
/// | EXPIRED   | Settled                       | ENDED      |                                             |
///
/// Every other pair changes nothing, so late and repeated events are harmless. "Committed" means
/// that the miner has shown its seal. Pure: the record keeper commits the state and what its
/// effects change as one.
public enum ContractState implements Coded {
  /// Escrowed, waiting for data and PoRep.
  PENDING(1, ClientStatus.SC_PENDING),
  /// Proven.
  AVAILABLE(2, ClientStatus.SC_AVAILABLE),
  /// One period is not covered.
  SUSPECT(3, ClientStatus.SC_UNAVAILABLE),
  /// The miner is no longer paid.
  FAILED(4, ClientStatus.SC_UNAVAILABLE),
  /// The last settlement is outstanding.
  EXPIRED(5, ClientStatus.SC_PENDING_END),
  /// A later generation took over; hidden from clients.
  REPLACED(6, ClientStatus.SC_END),
  /// Ended by its user.
  TERMINATED(7, ClientStatus.SC_END),
  /// Never proven.
  CANCELLED(8, ClientStatus.SC_END),
  /// Expired and settled.
  ENDED(9, ClientStatus.SC_END);

  private final int code;
  private final ClientStatus shown;

  ContractState(int code, ClientStatus shown) {
    this.code = code;
    this.shown = shown;
  }

  /// What happens to a contract.
  public sealed interface Event {
    /// A committee accepted the replica.
    record Activated() implements Event {}

    /// No accepted PoRep within the activation timeout.
    record Unproven() implements Event {}

    /// The user ends it.
    ///
    /// @param sealCommitted whether the miner has shown its seal
    record EndedByUser(boolean sealCommitted) implements Event {}

    /// A period passed without enough proofs.
    record Missed() implements Event {}

    /// A period is covered again.
    record Proven() implements Event {}

    /// The copy is proven to be lost.
    record Lost() implements Event {}

    /// `expire` has passed.
    ///
    /// @param sealCommitted whether the miner has shown its seal
    record Expired(boolean sealCommitted) implements Event {}

    /// The next generation is available.
    record Replaced() implements Event {}

    /// Everything due is paid.
    record Settled() implements Event {}
  }

  /// What the record keeper does with a step. Numbers on disk are fixed.
  public enum Effect implements Coded {
    /// Tell the miner to free the tiles.
    DROP_COPY(1),
    /// Keep the copy's place for another miner, generation + 1: its user's next order is matched
    /// with one.
    PLACE_AGAIN(2),
    /// The prepaid money goes back to the user.
    RETURN_PREPAID(3),
    /// The service fee goes to the miner.
    SERVICE_TO_MINER(4),
    /// The service fee goes back to the user.
    SERVICE_TO_USER(5),
    /// Pay what is due and return the rest.
    SETTLE(6);

    private final int code;

    Effect(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  /// The state after an event, and what is to be done.
  public record Step(ContractState next, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// What `event` leads to.
  public Step on(Event event) {
    return switch (this) {
      case PENDING -> pending(event);
      case AVAILABLE ->
          switch (event) {
            case Event.Missed _ -> to(SUSPECT);
            case Event.Lost _ -> to(FAILED, PLACE_AGAIN);
            case Event.EndedByUser _ -> to(TERMINATED, DROP_COPY, SETTLE);
            case Event.Expired _ -> to(EXPIRED, DROP_COPY, SETTLE);
            case Event.Activated _, Event.Unproven _, Event.Proven _ -> to(this);
            case Event.Replaced _, Event.Settled _ -> to(this);
          };
      case SUSPECT ->
          switch (event) {
            case Event.Proven _ -> to(AVAILABLE);
            case Event.Missed _, Event.Lost _ -> to(FAILED, PLACE_AGAIN);
            case Event.EndedByUser _ -> to(TERMINATED, DROP_COPY, SETTLE);
            case Event.Expired _ -> to(EXPIRED, DROP_COPY, SETTLE);
            case Event.Activated _, Event.Unproven _ -> to(this);
            case Event.Replaced _, Event.Settled _ -> to(this);
          };
      case FAILED ->
          switch (event) {
            case Event.Replaced _ -> to(REPLACED, DROP_COPY);
            case Event.EndedByUser _ -> to(TERMINATED, DROP_COPY, SETTLE);
            case Event.Expired _ -> to(ENDED, DROP_COPY, SETTLE);
            case Event.Activated _, Event.Unproven _, Event.Proven _ -> to(this);
            case Event.Missed _, Event.Lost _, Event.Settled _ -> to(this);
          };
      case EXPIRED -> event instanceof Event.Settled ? to(ENDED) : to(this);
      case REPLACED, TERMINATED, CANCELLED, ENDED -> to(this);
    };
  }

  private static Step pending(Event event) {
    return switch (event) {
      case Event.Activated _ -> to(AVAILABLE);
      case Event.Unproven _ -> to(CANCELLED, DROP_COPY, PLACE_AGAIN);
      case Event.EndedByUser(boolean sealCommitted) -> unpaid(sealCommitted);
      case Event.Expired(boolean sealCommitted) -> unpaid(sealCommitted);
      // What is lost cannot be proven any more; its user shall see that, not a wait for 2 h.
      case Event.Lost _ -> to(FAILED, PLACE_AGAIN);
      case Event.Missed _, Event.Proven _, Event.Replaced _, Event.Settled _ -> to(PENDING);
    };
  }

  /// The end of what was never proven: whoever sealed keeps the service fee for its work.
  private static Step unpaid(boolean sealCommitted) {
    Effect service = sealCommitted ? SERVICE_TO_MINER : SERVICE_TO_USER;
    return to(CANCELLED, DROP_COPY, RETURN_PREPAID, service);
  }

  private static Step to(ContractState next, Effect... effects) {
    return new Step(next, List.of(effects));
  }

  @Override
  public int code() {
    return code;
  }

  /// What clients are shown.
  public ClientStatus shown() {
    return shown;
  }

  /// Whether clients see it at all.
  public boolean isShown() {
    return this != REPLACED;
  }

  /// Whether no event changes it any more.
  public boolean isFinal() {
    return shown == ClientStatus.SC_END;
  }
}
