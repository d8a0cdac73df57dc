package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.KindCodec;
import io.ppio.crypto.message.KindCodec.Kind;
import io.ppio.env.Bytes;
import java.util.List;

/// The bytes of [LaneMessage]s. Kind 5, a [Reveal], travels as an answer only.
public final class LaneCodec {
  private static final KindCodec<LaneMessage> KINDS =
      new KindCodec<>(
          List.of(
              Kind.of(1, LaneRequest.class),
              Kind.of(2, LaneDeposit.class),
              Kind.of(3, LaneOffer.class),
              Kind.of(4, LaneMessage.Pay.class),
              Kind.of(6, LaneMessage.Settle.class)));

  private LaneCodec() {}

  /// The body of LANE.
  public static Bytes encode(LaneMessage message) {
    return KINDS.encode(message);
  }

  /// Reads the body of LANE.
  public static LaneMessage decode(Bytes encoded) throws MalformedMessage {
    return KINDS.decode(encoded);
  }
}
