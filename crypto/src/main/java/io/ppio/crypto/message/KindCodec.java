package io.ppio.crypto.message;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import java.util.List;
import java.util.function.Function;

/// The bytes of a sealed family of messages: 1 which of them, 2 its own bytes (network
/// specification 1.10, INDEX, LANE and PROOF).
///
/// An answer is the bare message, since who asked knows what comes. Immutable.
public final class KindCodec<M> {
  /// Longest inner message: what one frame carries beside the envelope.
  private static final int BODY_MAX = 1 << 20;

  private static final int CODE_MAX = 255;

  private final Function<M, Object> part;
  private final List<Kind<? extends M>> kinds;

  public KindCodec(List<Kind<? extends M>> kinds) {
    this(message -> message, kinds);
  }

  /// @param part what of a message is encoded: the message, or what it wraps
  public KindCodec(Function<M, Object> part, List<Kind<? extends M>> kinds) {
    this.part = part;
    this.kinds = List.copyOf(kinds);
  }

  /// One message of the family.
  ///
  /// @param code its number on the wire
  /// @param type of the part that is encoded
  public record Kind<M>(
      int code,
      Class<?> type,
      Function<Object, Bytes> encoder,
      CanonicalReader.Decoder<M> decoder) {
    /// The kind with this `code` of a message that is a record with fields.
    public static <M extends Record> Kind<M> of(int code, Class<M> type) {
      RecordCodec<M> codec = RecordCodec.of(type);
      return of(code, type, codec::encode, codec::decode);
    }

    /// The kind with this `code`.
    public static <P, M> Kind<M> of(
        int code, Class<P> type, Function<P, Bytes> encoder, CanonicalReader.Decoder<M> decoder) {
      return new Kind<>(code, type, part -> encoder.apply(type.cast(part)), decoder);
    }
  }

  /// The encoded message.
  public Bytes encode(M message) {
    Object encoded = part.apply(message);
    for (Kind<? extends M> kind : kinds) {
      if (kind.type().isInstance(encoded)) {
        Bytes body = kind.encoder().apply(encoded);
        return Bytes.of(new CanonicalWriter().u32(1, kind.code()).bytes(2, body).toBytes());
      }
    }
    throw new IllegalArgumentException("no message of this family: " + message);
  }

  /// Reads the encoded message.
  public M decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    int code = in.u32(1, CODE_MAX);
    Bytes body = in.bytes(2, BODY_MAX);
    in.end();
    for (Kind<? extends M> kind : kinds) {
      if (kind.code() == code) {
        return kind.decoder().decode(body.toArray());
      }
    }
    throw new MalformedMessage("unknown kind " + code);
  }
}
