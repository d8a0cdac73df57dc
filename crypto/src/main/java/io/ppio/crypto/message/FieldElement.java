package io.ppio.crypto.message;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.Stream;

/// The bytes of a value with a codec of its own: a record with fields, or a type with a static
/// method `decode` that undoes its method `encode`, `bytes` or `compressed`, and with a constant
/// for its longest form.
record FieldElement(
    String type, int bytesMax, Optional<RecordCodec<?>> part, Encoder encoder, Decoder decoder) {
  @FunctionalInterface
  private interface Encoder {
    Object encode(Object value);
  }

  @FunctionalInterface
  private interface Decoder {
    Object decode(byte[] encoded) throws MalformedMessage;
  }

  static FieldElement of(Type type, Field field) {
    if (type == Bytes.class) {
      return new FieldElement(
          "bytes", Math.toIntExact(field.max()), Optional.empty(), value -> value, Bytes::of);
    }
    if (type == Hash.class) {
      return new FieldElement(
          "hash", Hash.SIZE, Optional.empty(), value -> ((Hash) value).toArray(), Hash::of);
    }
    Class<?> named =
        (Class<?>) (type instanceof ParameterizedType it ? it.getActualTypeArguments()[0] : type);
    String name = named.getSimpleName() + (type == named ? "" : ", signed");
    boolean free = field.max() == Long.MAX_VALUE;
    if (RecordCodec.covers(type)) {
      RecordCodec<?> codec = RecordCodec.of(type);
      return new FieldElement(
          name,
          free ? codec.bytesMax() : Math.toIntExact(field.max()),
          Optional.of(codec),
          value -> codec.write(value, new CanonicalWriter()).toBytes(),
          codec::decode);
    }
    boolean own = field.as() == void.class;
    Class<?> by = own ? named : field.as();
    Class<?> encodes = type instanceof ParameterizedType it ? (Class<?>) it.getRawType() : by;
    Method encode = own ? method(encodes, "encode", "bytes", "compressed") : method(by, "encode");
    Method decode = method(by, "decode");
    boolean array = decode.getParameterTypes()[0] == byte[].class;
    return new FieldElement(
        name,
        free ? limit(by) : Math.toIntExact(field.max()),
        Optional.empty(),
        value -> own ? invoked(encode, value) : invoked(encode, by, value),
        encoded -> read(decode, array ? encoded : Bytes.of(encoded)));
  }

  byte[] encode(Object value) {
    Object encoded = encoder.encode(value);
    if (encoded instanceof Optional<?> found) {
      encoded = found.orElseThrow(() -> new IllegalStateException("no encoded form: " + value));
    }
    return encoded instanceof Bytes bytes ? bytes.toArray() : (byte[]) encoded;
  }

  Object decode(byte[] encoded) throws MalformedMessage {
    return decoder.decode(encoded);
  }

  private static Method method(Class<?> type, String... names) {
    Method found =
        Stream.of(names)
            .flatMap(name ->
                Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name) && !method.isSynthetic()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(type + " has no codec"));
    found.setAccessible(true);
    return found;
  }

  private static int limit(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> field.getName().matches("ENCODED_MAX|SIZE_MAX|SIZE"))
        .findFirst()
        .map(field -> {
          try {
            field.setAccessible(true);
            return field.getInt(type);
          } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field, e);
          }
        })
        .orElseThrow(() -> new IllegalStateException(type + " names no limit"));
  }

  private static Object invoked(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException("cannot encode by " + method, e);
    }
  }

  private static Object read(Method decode, Object encoded) throws MalformedMessage {
    try {
      return decode.invoke(decode.getDeclaringClass(), encoded);
    } catch (InvocationTargetException e) {
      throw RecordConstructor.malformed(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot decode by " + decode, e);
    }
  }
}
