package io.ppio.incentive.indexing;

import io.ppio.crypto.canonical.CanonicalReader.Decoder;
import io.ppio.crypto.canonical.KindCodec;
import io.ppio.crypto.canonical.KindCodec.Kind;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import java.util.Map;

/// The bytes of [IndexRequest]s and [IndexAnswer]s.
public final class IndexCodec {
  private static final KindCodec<IndexRequest> KINDS =
      new KindCodec<>(
          request -> request,
          kind(1, IndexRequest.Order.class, IndexRequest.Order::decode),
          kind(2, IndexRequest.Locate.class, IndexRequest.Locate::decode),
          kind(3, IndexRequest.Contracts.class, IndexRequest.Contracts::decode),
          kind(4, IndexRequest.Offering.class, IndexRequest.Offering::decode),
          kind(5, IndexRequest.Watch.class, IndexRequest.Watch::decode),
          kind(6, IndexRequest.Acknowledge.class, IndexRequest.Acknowledge::decode),
          kind(7, IndexRequest.Activate.class, IndexRequest.Activate::decode),
          kind(8, IndexRequest.Terminate.class, IndexRequest.Terminate::decode),
          kind(9, IndexRequest.Open.class, IndexRequest.Open::decode),
          kind(10, IndexRequest.Report.class, IndexRequest.Report::decode));

  private static final Map<Class<?>, Decoder<?>> ANSWERS =
      Map.of(
          IndexAnswer.Done.class, IndexAnswer.Done::decode,
          IndexAnswer.Matched.class, IndexAnswer.Matched::decode,
          IndexAnswer.Located.class, IndexAnswer.Located::decode,
          IndexAnswer.ContractList.class, IndexAnswer.ContractList::decode,
          IndexAnswer.Happened.class, IndexAnswer.Happened::decode,
          IndexAnswer.Opened.class, IndexAnswer.Opened::decode);

  private IndexCodec() {}

  private static <M extends IndexRequest> Kind<M> kind(
      int code, Class<M> type, Decoder<M> decoder) {
    return Kind.of(code, type, request -> Bytes.of(request.encode()), decoder);
  }

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
    return Bytes.of(answer.encode());
  }

  /// Reads the answer, or item, that `type` asks for.
  public static <A extends IndexAnswer> A answer(Class<A> type, Bytes encoded)
      throws MalformedMessage {
    return type.cast(ANSWERS.get(type).decode(encoded.toArray()));
  }
}
