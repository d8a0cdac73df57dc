package io.ppio.check.tidy;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What one class file says about the names in it. Names are internal ones,
/// `io/ppio/env/Store$Batch`.
///
/// @param source name of the file it was compiled from
/// @param supers its superclass and interfaces
/// @param outer the class it is a member of; empty for a top-level, local or anonymous one
/// @param isMember whether a source can name it: it is neither local nor anonymous nor made by the
///   compiler
/// @param named types that the class names outside of its methods: of fields, in annotations, as
///   type arguments
/// @param made types in its annotations, which some library is going to instantiate
/// @param framework whether a library's annotation stands on it or on a member
/// @param holdsConstants whether it has constants, which the compiler copies to where they are used
record ClassFacts(
    String name,
    String source,
    List<String> supers,
    Optional<String> outer,
    Kind kind,
    boolean isMember,
    Set<String> named,
    Set<String> made,
    boolean framework,
    boolean holdsConstants,
    Set<String> components,
    String canonical,
    List<MethodFacts> methods) {
  /// What kind of type it is, as far as that decides which members the compiler adds.
  enum Kind {
    CLASS,
    RECORD,
    ENUM,
    ANNOTATION
  }

  static ClassFacts read(byte[] bytes) {
    return new Reader(ClassFile.of().parse(bytes)).read();
  }

  String packageFolder() {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /// As a reader writes it: `Store.Batch`.
  String shown() {
    return name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
  }

  private static final class Reader {
    private final ClassModel model;
    private final Set<String> named = new TreeSet<>();
    private final Set<String> made = new TreeSet<>();
    private boolean framework;
    private boolean constants;
    private Optional<String> outer = Optional.empty();
    private boolean isMember = true;

    Reader(ClassModel model) {
      this.model = model;
    }

    ClassFacts read() {
      String name = model.thisClass().asInternalName();
      List<String> supers = new ArrayList<>();
      model.superclass().ifPresent(each -> supers.add(each.asInternalName()));
      model.interfaces().forEach(each -> supers.add(each.asInternalName()));
      model
          .findAttribute(Attributes.signature())
          .ifPresent(each -> TypeNames.inText(each.signature().stringValue(), named));
      annotations(model);
      place(name);
      model.fields().forEach(this::field);
      List<MethodFacts> methods = new ArrayList<>();
      for (MethodModel method : model.methods()) {
        annotations(method);
        methods.add(MethodFacts.read(method));
      }
      framework |= methods.stream().anyMatch(MethodFacts::framework);
      Set<String> components = new HashSet<>();
      var canonical = new StringBuilder("(");
      model
          .findAttribute(Attributes.record())
          .ifPresent(record ->
              record
                  .components()
                  .forEach(each -> {
                    components.add(each.name().stringValue());
                    annotations(each);
                    canonical.append(each.descriptor().stringValue());
                  }));
      return new ClassFacts(
          name,
          model
              .findAttribute(Attributes.sourceFile())
              .map(each -> each.sourceFile().stringValue())
              .orElse(""),
          supers,
          outer,
          kind(),
          isMember,
          named,
          made,
          framework,
          constants,
          components,
          canonical.append(")V").toString(),
          methods);
    }

    private Kind kind() {
      int flags = model.flags().flagsMask();
      if ((flags & ClassFile.ACC_ANNOTATION) != 0) {
        return Kind.ANNOTATION;
      }
      if ((flags & ClassFile.ACC_ENUM) != 0) {
        return Kind.ENUM;
      }
      return model.findAttribute(Attributes.record()).isPresent() ? Kind.RECORD : Kind.CLASS;
    }

    private void place(String name) {
      isMember = (model.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) == 0;
      var inner = model.findAttribute(Attributes.innerClasses());
      if (inner.isEmpty()) {
        return;
      }
      for (InnerClassInfo each : inner.get().classes()) {
        if (each.innerClass().asInternalName().equals(name)) {
          outer = each.outerClass().map(owner -> owner.asInternalName());
          isMember = outer.isPresent();
        }
      }
    }

    private void field(FieldModel field) {
      TypeNames.inText(field.fieldType().stringValue(), named);
      field
          .findAttribute(Attributes.signature())
          .ifPresent(each -> TypeNames.inText(each.signature().stringValue(), named));
      constants |= field.findAttribute(Attributes.constantValue()).isPresent();
      annotations(field);
    }

    private void annotations(AttributedElement element) {
      for (Annotation each : Annotations.of(element)) {
        framework |= Annotations.ofFramework(each);
        TypeNames.inText(each.className().stringValue(), named);
        each.elements().forEach(part -> value(part.value()));
      }
    }

    private void value(AnnotationValue value) {
      switch (value) {
        case AnnotationValue.OfClass type -> made.add(internal(type.classSymbol()));
        case AnnotationValue.OfEnum constant ->
            TypeNames.inText(constant.className().stringValue(), named);
        case AnnotationValue.OfArray array -> array.values().forEach(this::value);
        case AnnotationValue.OfAnnotation nested ->
            nested.annotation().elements().forEach(part -> value(part.value()));
        case AnnotationValue.OfConstant _ -> {}
      }
    }

    private static String internal(ClassDesc type) {
      String text = type.descriptorString();
      return text.startsWith("L") ? text.substring(1, text.length() - 1) : text;
    }
  }
}
