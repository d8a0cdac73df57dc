package io.ppio.consensus.proof;

import io.ppio.consensus.beacon.BeaconCodec;
import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.crypto.canonical.CanonicalReader.Decoder;
import io.ppio.crypto.canonical.KindCodec;
import io.ppio.crypto.canonical.KindCodec.Kind;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.env.Bytes;

/// The bytes of [ProofMessage]s.
public final class ProofCodec {
  private ProofCodec() {}

  /// @param places verifiers of genesis, each of which has a seat in a proposal
  private static KindCodec<ProofMessage> kinds(int places) {
    return new KindCodec<>(
        ProofCodec::part,
        Kind.of(
            1,
            PorepRequest.class,
            m -> Bytes.of(m.encode()),
            body -> new ProofMessage.RecordSeal(PorepRequest.decode(body))),
        Kind.of(
            2,
            PorepProof.Signed.class,
            m -> Bytes.of(m.encode()),
            body -> new ProofMessage.ProveReplica(PorepProof.Signed.decode(body))),
        Kind.of(
            3,
            SpotCheck.class,
            m -> Bytes.of(m.encode()),
            body -> new ProofMessage.CheckSpot(SpotCheck.decode(body))),
        beacon(4, BeaconMessage.Commit.class, BeaconCodec::commit),
        beacon(5, BeaconMessage.Reveal.class, BeaconCodec::reveal),
        beacon(6, BeaconMessage.Proposal.class, body -> BeaconCodec.proposal(body, places)),
        beacon(7, BeaconMessage.Query.class, BeaconCodec::query));
  }

  private static <B extends BeaconMessage> Kind<ProofMessage> beacon(
      int code, Class<B> type, Decoder<B> decoder) {
    return Kind.of(
        code, type, BeaconCodec::encode, body -> new ProofMessage.MakeBeacon(decoder.decode(body)));
  }

  private static Object part(ProofMessage message) {
    return switch (message) {
      case ProofMessage.RecordSeal(var request) -> request;
      case ProofMessage.ProveReplica(var proof) -> proof;
      case ProofMessage.CheckSpot(var check) -> check;
      case ProofMessage.MakeBeacon(var about) -> about;
    };
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
