package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.BeaconRunner;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import java.util.Optional;

/// Answers what PROOF says about the beacon: the other verifiers', and anyone's question for final
/// epochs.
///
/// Safe for use by any number of tasks.
final class BeaconService {
  private final BeaconChain chain;
  private final BeaconRunner runner;
  private final Clock clock;

  BeaconService(BeaconChain chain, BeaconRunner runner, Clock clock) {
    this.chain = chain;
    this.runner = runner;
    this.clock = clock;
  }

  void answer(Exchange exchange, BeaconMessage message) throws Exception {
    switch (message) {
      case BeaconMessage.Proposal proposal -> sign(exchange, proposal);
      case BeaconMessage.Query(var from) -> tell(exchange, from);
      case BeaconMessage.Commit _, BeaconMessage.Reveal _ -> {
        requireVerifier(exchange);
        runner.hear(exchange.peer(), message);
        if (!exchange.oneway()) {
          exchange.reply(Bytes.EMPTY);
        }
      }
    }
  }

  /// Answers as soon as there is something to tell: whoever follows hears of an epoch when it is
  /// final, not when it happens to ask. Another verifier, which has its own clock, is not held.
  private void tell(Exchange exchange, long from) throws Exception {
    if (chain.rules().placeOf(exchange.peer()) < 0) {
      chain.await(from, clock.in(chain.rules().schedule().held()));
    }
    exchange.reply(chain.from(from).encode());
  }

  private void sign(Exchange exchange, BeaconMessage.Proposal proposal) throws Exception {
    requireVerifier(exchange);
    Optional<Signature> signature = runner.propose(exchange.peer(), proposal);
    if (signature.isEmpty()) {
      throw new Refused(Status.CONTRACT_INVALID, "proposal is not supported");
    }
    exchange.reply(new SignatureAnswer(signature.get()).encode());
  }

  private void requireVerifier(Exchange exchange) throws Refused {
    if (chain.rules().placeOf(exchange.peer()) < 0) {
      throw new Refused(Status.FORBIDDEN, "only verifiers of genesis make the beacon");
    }
  }
}
