package io.ppio.crypto.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says of a message who sends it to whom and what comes back.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Sent {
  /// The roles that send it.
  String from();

  /// The roles that take it.
  String to();

  /// The message that answers it; an empty body if there is none.
  Class<?> answer() default void.class;

  /// The record whose fields it has on the wire, where these are not its own.
  Class<?> form() default void.class;

  /// How many answers come: one, or items.
  String items() default "";
}
