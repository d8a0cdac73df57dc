package io.ppio.incentive.indexing;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.KindCodec;
import io.ppio.crypto.message.KindCodec.Kind;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import java.util.List;

/// The bytes of [IndexRequest]s and [IndexAnswer]s.
public final class IndexCodec {
  private static final KindCodec<IndexRequest> KINDS =
      new KindCodec<>(
          List.of(
              Kind.of(1, IndexRequest.Order.class),
              Kind.of(2, IndexRequest.Locate.class),
              Kind.of(3, IndexRequest.Contracts.class),
              Kind.of(4, IndexRequest.Offering.class),
              Kind.of(5, IndexRequest.Watch.class),
              Kind.of(6, IndexRequest.Acknowledge.class),
              Kind.of(7, IndexRequest.Activate.class),
              Kind.of(8, IndexRequest.Terminate.class),
              Kind.of(9, IndexRequest.Open.class),
              Kind.of(10, IndexRequest.Report.class)));

  private IndexCodec() {}

  /// The body of INDEX.
  public static Bytes encode(IndexRequest request) {
    return KINDS.encode(request);
  }

  /// Reads the body of INDEX.
  public static IndexRequest decode(Bytes encoded) throws MalformedMessage {
    return KINDS.decode(encoded);
  }

  /// The body of an answer, or of one item of it.
  public static Bytes encode(IndexAnswer answer) {
    return RecordCodec.bytes((Record) answer);
  }

  /// Reads the answer, or item, that `type` asks for.
  public static <A extends IndexAnswer> A answer(Class<A> type, Bytes encoded)
      throws MalformedMessage {
    return RecordCodec.decode(type, encoded);
  }
}
