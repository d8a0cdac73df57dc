package io.ppio.crypto.message;

import io.ppio.crypto.canonical.MalformedMessage;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/// Takes records of one type apart and makes them, by reflection.
record RecordConstructor(Constructor<?> constructor) {
  static RecordConstructor of(Class<?> type) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Stream.of(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new RecordConstructor(constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("no record: " + type, e);
    }
  }

  static Object value(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /// A record of these values; one that its constructor refuses is malformed.
  Object create(Object... values) throws MalformedMessage {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw malformed(e);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot make " + constructor, e);
    }
  }

  /// What a constructor or decoder threw: a value that it refuses is malformed, the rest is a bug.
  static MalformedMessage malformed(InvocationTargetException thrown) {
    return switch (thrown.getCause()) {
      case MalformedMessage refused -> refused;
      case IllegalArgumentException refused ->
          new MalformedMessage(String.valueOf(refused.getMessage()));
      case null, default -> throw new IllegalStateException("cannot make a value", thrown);
    };
  }
}
