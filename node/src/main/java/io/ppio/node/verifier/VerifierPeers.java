package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.BeaconPeers;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.env.Bytes;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reaches the other verifiers of genesis by PROOF.
final class VerifierPeers implements BeaconPeers {
  private static final Duration WITHIN_MAX = Duration.ofSeconds(5);

  private final NodeHost host;
  private final VerifierLog log;
  private final CallOptions options;

  VerifierPeers(NodeHost host, VerifierLog log) {
    this.host = host;
    this.log = log;
    Duration epoch = host.genesis().parameters().epoch();
    this.options = CallOptions.DEFAULT.within(epoch.compareTo(WITHIN_MAX) < 0 ? epoch : WITHIN_MAX);
  }

  @Override
  public void tell(PeerId peer, BeaconMessage message) throws InterruptedException {
    try {
      host.peers().oneway(host.directory().contact(peer), Method.PROOF, body(message), options);
    } catch (CallFailed e) {
      log.verifierUnreachable(peer, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<Signature> propose(PeerId peer, BeaconMessage.Proposal proposal)
      throws InterruptedException {
    try {
      Bytes answer = call(peer, proposal);
      return Optional.of(SignatureAnswer.decode(answer).signature());
    } catch (CallFailed e) {
      log.verifierUnreachable(peer, String.valueOf(e.getMessage()));
    } catch (MalformedMessage e) {
      log.verifierAnsweredWrongly(peer, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  @Override
  public BeaconMessage.Entries ask(PeerId peer, BeaconMessage.Query query)
      throws InterruptedException {
    try {
      int places = host.named().verifiers().size();
      return BeaconMessage.Entries.decode(call(peer, query), places);
    } catch (CallFailed e) {
      log.verifierUnreachable(peer, String.valueOf(e.getMessage()));
    } catch (MalformedMessage e) {
      log.verifierAnsweredWrongly(peer, String.valueOf(e.getMessage()));
    }
    return new BeaconMessage.Entries(List.of());
  }

  private Bytes call(PeerId peer, BeaconMessage message) throws CallFailed, InterruptedException {
    return host.peers()
        .call(host.directory().contact(peer), Method.PROOF, body(message), options)
        .body();
  }

  private static Bytes body(BeaconMessage message) {
    return ProofCodec.encode(new ProofMessage.MakeBeacon(message));
  }
}
