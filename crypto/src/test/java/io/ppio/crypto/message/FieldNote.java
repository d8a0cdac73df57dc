package io.ppio.crypto.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What there is to say about one field.
///
/// @param number on the wire
/// @param type how it is encoded
/// @param unit of a number; empty if it has none
/// @param limit what a decoder refuses to go beyond
/// @param absent what it means that the field is missing
/// @param part the codec of its fields, if it is a record with fields
/// @param form its bytes, if it is a type that says them
public record FieldNote(
    int number,
    String name,
    String type,
    String unit,
    String limit,
    String absent,
    Optional<RecordCodec<?>> part,
    Optional<String> form) {
  /// The notes on the fields of `codec`, in their order.
  public static List<FieldNote> of(RecordCodec<?> codec) {
    return codec.parts.stream()
        .flatMap(part ->
            switch (part) {
              case RecordCodec.One one -> Stream.of(of(one));
              case RecordCodec.Within(_, var within) -> of(within).stream();
            })
        .toList();
  }

  private static FieldNote of(RecordCodec.One one) {
    Field field = one.component().getAnnotation(Field.class);
    FieldShape shape = one.shape();
    return new FieldNote(
        one.number(),
        one.component().getName(),
        shape.type(),
        field.unit(),
        shape.limit(),
        field.absent().isEmpty() ? shape.absent() : field.absent(),
        shape.part(),
        form(one.component().getGenericType(), field));
  }

  private static Optional<String> form(Type type, Field field) {
    Type of = type;
    while (of instanceof ParameterizedType around) {
      of = around.getActualTypeArguments()[0];
    }
    Class<?> by = field.as() == void.class ? (Class<?>) of : field.as();
    return Optional.ofNullable(by.getAnnotation(Form.class)).map(Form::value);
  }
}
