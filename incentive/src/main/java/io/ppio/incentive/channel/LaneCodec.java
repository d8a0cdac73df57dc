package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.KindCodec;
import io.ppio.crypto.canonical.KindCodec.Kind;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;

/// The bytes of [LaneMessage]s. Kind 5, a [Reveal], travels as an answer only.
public final class LaneCodec {
  private static final KindCodec<LaneMessage> KINDS =
      new KindCodec<>(
          message -> message,
          Kind.of(1, LaneRequest.class, m -> Bytes.of(m.encode()), LaneRequest::decode),
          Kind.of(2, LaneDeposit.class, m -> Bytes.of(m.encode()), LaneDeposit::decode),
          Kind.of(3, LaneOffer.class, m -> Bytes.of(m.encode()), LaneOffer::decode),
          Kind.of(
              4,
              LaneMessage.Pay.class,
              m -> Bytes.of(m.voucher().encode()),
              body -> new LaneMessage.Pay(Voucher.decode(body))),
          Kind.of(
              6,
              LaneMessage.Settle.class,
              m -> Bytes.of(m.receipt().encode()),
              body -> new LaneMessage.Settle(Receipt.decode(body))));

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
