package io.ppio.crypto.message;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The canonical protobuf of records whose components are marked with [Field].
///
/// The limits are read from the same marks, so a field is described in one place. A value that the
/// constructor of the record refuses is as malformed as one that does not parse. Immutable.
public final class RecordCodec<T> {
  private static final Map<Type, RecordCodec<?>> CODECS = new ConcurrentHashMap<>();

  private final RecordConstructor constructor;
  final List<Part> parts;

  /// What becomes of one component.
  sealed interface Part {
    RecordComponent component();
  }

  record One(RecordComponent component, int number, FieldShape shape) implements Part {}

  record Within(RecordComponent component, RecordCodec<?> codec) implements Part {}

  /// @param type a record; one with a type argument has that in place of its only variable
  private RecordCodec(Type type) {
    Class<?> raw = raw(type);
    List<Part> found = new ArrayList<>();
    for (RecordComponent component : raw.getRecordComponents()) {
      found.add(part(component, resolved(component.getGenericType(), type), last(found)));
    }
    this.parts = List.copyOf(found);
    this.constructor = RecordConstructor.of(raw);
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType it ? it.getRawType() : type);
  }

  private static Type resolved(Type type, Type owner) {
    return type instanceof TypeVariable<?> && owner instanceof ParameterizedType it
        ? it.getActualTypeArguments()[0]
        : type;
  }

  private static Part part(RecordComponent component, Type type, int last) {
    Field field = component.getAnnotation(Field.class);
    if (field == null) {
      return new Within(component, of(type));
    }
    int number = field.value() == Field.NEXT ? last + 1 : field.value();
    return new One(component, number, FieldShape.of(type, field));
  }

  private static int last(List<Part> parts) {
    return parts.isEmpty()
        ? 0
        : switch (parts.getLast()) {
          case One one -> one.number();
          case Within(_, var codec) -> last(codec.parts);
        };
  }

  /// The codec of `type`.
  @SuppressWarnings("unchecked") // the type is the key of its own codec
  public static <T extends Record> RecordCodec<T> of(Class<T> type) {
    return (RecordCodec<T>) of((Type) type);
  }

  /// The codec of a record with a type argument, or without.
  static RecordCodec<?> of(Type type) {
    RecordCodec<?> known = CODECS.get(type);
    if (known == null) {
      known = new RecordCodec<>(type);
      CODECS.put(type, known);
    }
    return known;
  }

  /// Whether `type` is a record that has fields, down to its type argument.
  static boolean covers(Type type) {
    return (type instanceof Class<?> || type instanceof ParameterizedType)
        && raw(type).isRecord()
        && Arrays.stream(raw(type).getRecordComponents())
            .allMatch(component ->
                component.isAnnotationPresent(Field.class)
                    || covers(resolved(component.getGenericType(), type)));
  }

  /// Whether `type` is a record around one value that has no codec of its own.
  static boolean wraps(Type type) {
    return type instanceof Class<?> raw
        && raw.isRecord()
        && raw.getRecordComponents().length == 1
        && !covers(raw)
        && Stream.of(raw.getDeclaredMethods()).noneMatch(it -> it.getName().equals("decode"));
  }

  /// `message` in canonical protobuf.
  public Bytes encode(T message) {
    return Bytes.of(write(message, new CanonicalWriter()).toBytes());
  }

  /// `message` in canonical protobuf, whatever record it is.
  public static Bytes bytes(Record message) {
    return Bytes.of(of((Type) message.getClass()).write(message, new CanonicalWriter()).toBytes());
  }

  /// Reads a whole message of `type`, a record with fields.
  public static <T> T decode(Class<T> type, Bytes encoded) throws MalformedMessage {
    return type.cast(of((Type) type).decode(encoded));
  }

  /// Writes the fields of `message`, a record of this type.
  public CanonicalWriter write(Object message, CanonicalWriter out) {
    for (Part part : parts) {
      Object value = RecordConstructor.value(part.component(), message);
      switch (part) {
        case One one -> one.shape().write(out, one.number(), value);
        case Within(_, var codec) -> codec.write(value, out);
      }
    }
    return out;
  }

  /// Reads a whole message.
  public T decode(Bytes encoded) throws MalformedMessage {
    return decode(encoded.toArray());
  }

  /// Reads a whole message.
  public T decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, this::read);
  }

  /// Takes the fields of one message.
  @SuppressWarnings("unchecked") // the constructor is that of T
  public T read(CanonicalReader in) throws MalformedMessage {
    Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (parts.get(i)) {
            case One one -> one.shape().read(in, one.number());
            case Within(_, var codec) -> codec.read(in);
          };
    }
    return (T) constructor.create(values);
  }

  /// The number of its last field, 0 if it has none.
  public int last() {
    return last(parts);
  }

  /// The longest encoded message, in bytes.
  int bytesMax() {
    int max = 0;
    for (Part part : parts) {
      max =
          Math.addExact(
              max,
              switch (part) {
                case One one -> one.shape().bytesMax();
                case Within(_, var codec) -> codec.bytesMax();
              });
    }
    return max;
  }
}
