package io.ppio.crypto.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a component of a record a field of its message, as [RecordCodec] reads and writes it.
///
/// A component without it must be of a record that has fields, and these are fields of the message.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
  /// The number after that of the component before.
  int NEXT = 0;

  /// The number of the field; ascending within a message.
  int value();

  /// Of a number the largest value, of bytes, text and messages the longest length in bytes; of an
  /// element where the field is a list. Without it the type alone is the limit.
  long max() default Long.MAX_VALUE;

  /// Exact length in bytes of a value of type `Bytes`.
  int size() default 0;

  /// Elements of a list at most.
  int count() default 0;

  /// Whether bytes of an exact length may be missing, or a message that has no bytes.
  boolean optional() default false;

  /// Whether a code is written as a signed number.
  boolean signed() default false;

  /// The unit of a number or the content of bytes.
  String unit() default "";

  /// What it means that the field is missing; by default what its type says.
  String absent() default "";

  /// The class whose static methods `encode` and `decode` are the codec of the value.
  Class<?> as() default void.class;
}
