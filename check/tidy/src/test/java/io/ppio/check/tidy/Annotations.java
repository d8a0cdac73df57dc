package io.ppio.check.tidy;

import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.util.ArrayList;
import java.util.List;

/// The annotations of a class file's element, kept at run time or not.
final class Annotations {
  /// Where the annotations come from that make a library call what they stand on.
  private static final List<String> FRAMEWORKS = List.of("Lpicocli/", "Lorg/openjdk/jmh/");

  private Annotations() {}

  static List<Annotation> of(AttributedElement element) {
    List<Annotation> all = new ArrayList<>();
    element
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(each -> all.addAll(each.annotations()));
    element
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .ifPresent(each -> all.addAll(each.annotations()));
    return all;
  }

  static boolean ofFramework(Annotation annotation) {
    return FRAMEWORKS.stream().anyMatch(annotation.className().stringValue()::startsWith);
  }
}
