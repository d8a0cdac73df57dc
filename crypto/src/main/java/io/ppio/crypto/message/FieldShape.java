package io.ppio.crypto.message;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the value of one component becomes a field, by its type.
record FieldShape(
    String type,
    String limit,
    String absent,
    int bytesMax,
    Optional<RecordCodec<?>> part,
    Writer writer,
    Reader reader) {
  /// Tag and length before a value.
  private static final int HEAD_MAX = 8;

  private static final int VARINT_MAX = 10;
  private static final int AMOUNT_MAX = 16;

  /// Writes a value of the component's type.
  @FunctionalInterface
  interface Writer {
    CanonicalWriter write(CanonicalWriter out, int number, Object value);
  }

  /// Reads a value of the component's type.
  @FunctionalInterface
  interface Reader {
    Object read(CanonicalReader in, int number) throws MalformedMessage;
  }

  private FieldShape(
      String type, String limit, String absent, int bytesMax, Writer writer, Reader reader) {
    this(type, limit, absent, bytesMax, Optional.empty(), writer, reader);
  }

  CanonicalWriter write(CanonicalWriter out, int number, Object value) {
    return writer.write(out, number, value);
  }

  Object read(CanonicalReader in, int number) throws MalformedMessage {
    return reader.read(in, number);
  }

  static FieldShape of(Type type, Field field) {
    if (type instanceof ParameterizedType it && it.getRawType() == List.class) {
      return list(it.getActualTypeArguments()[0], field);
    }
    if (type instanceof ParameterizedType it && it.getRawType() == Optional.class) {
      return of(it.getActualTypeArguments()[0], field).optional();
    }
    if (type instanceof Class<?> raw && raw.isEnum()) {
      return coded(raw, field.signed());
    }
    if (type == int.class || type == long.class || type == boolean.class) {
      return number((Class<?>) type, field.max());
    }
    if (type == Bytes.class) {
      return bytes(field);
    }
    if (type == BigInteger.class) {
      return new FieldShape(
          "amount",
          "below 2^127",
          "0",
          HEAD_MAX + AMOUNT_MAX,
          (out, number, value) -> out.amount(number, (BigInteger) value),
          CanonicalReader::amount);
    }
    if (type == String.class) {
      int max = limit(field);
      return new FieldShape(
          "text",
          max + " bytes",
          "empty",
          HEAD_MAX + max,
          (out, number, value) -> out.string(number, (String) value),
          (in, number) -> in.string(number, max));
    }
    if (type == Hash.class) {
      return new FieldShape(
          "hash",
          "exactly " + Hash.SIZE + " bytes",
          "refused",
          HEAD_MAX + Hash.SIZE,
          (out, number, value) -> out.hash(number, (Hash) value),
          CanonicalReader::hash);
    }
    return type instanceof Class<?> raw && RecordCodec.wraps(raw)
        ? wrapped(raw, field)
        : message(FieldElement.of(type, field), field.optional());
  }

  private static int limit(Field field) {
    if (field.max() > Integer.MAX_VALUE) {
      throw new IllegalStateException("field " + field.value() + " has no limit");
    }
    return (int) field.max();
  }

  private static FieldShape number(Class<?> type, long max) {
    if (type == boolean.class) {
      return new FieldShape(
          "bool",
          "",
          "no",
          HEAD_MAX + 1,
          (out, number, value) -> out.bool(number, (boolean) value),
          CanonicalReader::bool);
    }
    if (type == int.class) {
      boolean free = max > Integer.MAX_VALUE;
      return new FieldShape(
          "u32",
          free ? "" : String.valueOf(max),
          "0",
          HEAD_MAX + VARINT_MAX,
          (out, number, value) -> out.u32(number, (int) value),
          (in, number) -> free ? in.u32(number) : in.u32(number, (int) max));
    }
    return new FieldShape(
        "u64",
        max == Long.MAX_VALUE ? "" : String.valueOf(max),
        "0",
        HEAD_MAX + VARINT_MAX,
        (out, number, value) -> out.u64(number, (long) value),
        (in, number) -> {
          long value = in.u64(number);
          if (max != Long.MAX_VALUE && Long.compareUnsigned(value, max) > 0) {
            throw new MalformedMessage("field " + number + " exceeds " + max);
          }
          return value;
        });
  }

  private static FieldShape bytes(Field field) {
    boolean fixed = field.size() > 0;
    int max = fixed ? field.size() : limit(field);
    return new FieldShape(
        "bytes",
        (fixed ? "exactly " : "") + max + " bytes",
        fixed && !field.optional() ? "refused" : "empty",
        HEAD_MAX + max,
        (out, number, value) -> out.bytes(number, (Bytes) value),
        (in, number) ->
            !fixed
                ? in.bytes(number, max)
                : field.optional()
                    ? in.optionalFixedBytes(number, max)
                    : in.fixedBytes(number, max));
  }

  private static FieldShape coded(Class<?> type, boolean signed) {
    Coded[] values =
        Arrays.stream(type.getEnumConstants()).map(Coded.class::cast).toArray(Coded[]::new);
    String codes =
        Arrays.stream(values)
            .map(value -> value.code() + " " + value)
            .collect(Collectors.joining(", "));
    boolean zero = Arrays.stream(values).anyMatch(value -> value.code() == 0);
    return new FieldShape(
        signed ? "s32" : "u32",
        codes,
        zero ? "0" : "refused",
        HEAD_MAX + VARINT_MAX,
        (out, number, value) -> {
          int code = ((Coded) value).code();
          return signed ? out.s32(number, code) : out.u32(number, code);
        },
        (in, number) -> Coded.of(values, signed ? in.s32(number) : in.u32(number)));
  }

  private static FieldShape list(Type of, Field field) {
    int count = field.count();
    if (of == Integer.class) {
      return packed(count, field.max());
    }
    FieldElement element = FieldElement.of(of, field);
    return new FieldShape(
        element.type() + " *",
        count + " × " + element.bytesMax() + " bytes",
        "none",
        Math.multiplyExact(count, HEAD_MAX + element.bytesMax()),
        element.part(),
        (out, number, value) -> out.list(number, (List<?>) value, element::encode),
        (in, number) -> in.list(number, count, element.bytesMax(), element::decode));
  }

  private static FieldShape packed(int count, long max) {
    long most = Math.min(max, Integer.MAX_VALUE);
    return new FieldShape(
        "u32 *, packed",
        count + " × up to " + most,
        "none",
        HEAD_MAX + Math.multiplyExact(count, VARINT_MAX),
        (out, number, value) ->
            out.packed(number, ((List<?>) value).stream().map(each -> (long) (int) each).toList()),
        (in, number) -> {
          List<Long> values = in.packed(number, count);
          if (values.stream().anyMatch(value -> value < 0 || value > most)) {
            throw new MalformedMessage("field " + number + " exceeds " + most);
          }
          return values.stream().map(Long::intValue).toList();
        });
  }

  private static FieldShape message(FieldElement element, boolean optional) {
    return new FieldShape(
        element.type(),
        element.bytesMax() + " bytes",
        optional ? "empty" : "refused",
        HEAD_MAX + element.bytesMax(),
        element.part(),
        (out, number, value) -> {
          byte[] encoded = element.encode(value);
          return optional ? out.bytes(number, encoded) : out.message(number, encoded);
        },
        (in, number) ->
            optional
                ? element.decode(in.bytes(number, element.bytesMax()).toArray())
                : in.message(number, element.bytesMax(), element::decode));
  }

  private FieldShape optional() {
    return new FieldShape(
        type,
        limit,
        "none",
        bytesMax,
        part,
        (out, number, value) ->
            ((Optional<?>) value).map(present -> writer.write(out, number, present)).orElse(out),
        (in, number) -> in.has(number) ? Optional.of(reader.read(in, number)) : Optional.empty());
  }

  /// The shape of a record around one value.
  private static FieldShape wrapped(Class<?> type, Field field) {
    RecordComponent component = type.getRecordComponents()[0];
    FieldShape inner = of(component.getGenericType(), field);
    RecordConstructor constructor = RecordConstructor.of(type);
    return new FieldShape(
        inner.type,
        inner.limit,
        inner.absent,
        inner.bytesMax,
        (out, number, value) -> inner.write(out, number, RecordConstructor.value(component, value)),
        (in, number) -> constructor.create(inner.read(in, number)));
  }
}
