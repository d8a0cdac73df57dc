package io.ppio.consensus.proof;

import io.ppio.consensus.beacon.BeaconCodec;
import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.crypto.canonical.CanonicalReader.Decoder;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.KindCodec;
import io.ppio.crypto.message.KindCodec.Kind;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import java.util.List;

/// The bytes of [ProofMessage]s.
public final class ProofCodec {
  private ProofCodec() {}

  /// @param places verifiers of genesis, each of which has a seat in a proposal
  private static KindCodec<ProofMessage> kinds(int places) {
    return new KindCodec<>(
        ProofCodec::part,
        List.of(
            Kind.of(1, ProofMessage.RecordSeal.class),
            Kind.of(2, ProofMessage.ProveReplica.class),
            Kind.of(3, ProofMessage.CheckSpot.class),
            beacon(
                4, BeaconMessage.Commit.class, RecordCodec.of(BeaconMessage.Commit.class)::decode),
            beacon(
                5, BeaconMessage.Reveal.class, RecordCodec.of(BeaconMessage.Reveal.class)::decode),
            beacon(6, BeaconMessage.Proposal.class, body -> BeaconCodec.proposal(body, places)),
            beacon(
                7, BeaconMessage.Query.class, RecordCodec.of(BeaconMessage.Query.class)::decode)));
  }

  private static <B extends BeaconMessage> Kind<ProofMessage> beacon(
      int code, Class<B> type, Decoder<B> decoder) {
    return Kind.of(
        code, type, BeaconCodec::encode, body -> new ProofMessage.MakeBeacon(decoder.decode(body)));
  }

  private static Object part(ProofMessage message) {
    return message instanceof ProofMessage.MakeBeacon(var about) ? about : message;
  }

  /// The body of PROOF.
  public static Bytes encode(ProofMessage message) {
    return kinds(0).encode(message);
  }

  /// Reads the body of PROOF.
  ///
  /// @param places verifiers of genesis
  public static ProofMessage decode(Bytes encoded, int places) throws MalformedMessage {
    return kinds(places).decode(encoded);
  }
}
