package io.ppio.check.tidy;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What one method of a class file names.
///
/// @param descriptor parameters and result, such as `(Lio/ppio/env/Env;)V`
/// @param framework whether an annotation makes a library call it
/// @param line of its first instruction, 1 where it has none
/// @param types the types it names
/// @param calls the methods it calls or hands on as a method reference
record MethodFacts(
    String name,
    String descriptor,
    int flags,
    boolean framework,
    int line,
    Set<String> types,
    Set<Call> calls) {
  /// The name of a method as a caller writes it: `owner` or one of its supertypes declares it.
  record Call(String owner, String name, String descriptor) {
    String signature() {
      return name + descriptor;
    }
  }

  static MethodFacts read(MethodModel method) {
    var reader = new Reader();
    TypeNames.inText(method.methodType().stringValue(), reader.types);
    method
        .findAttribute(Attributes.signature())
        .ifPresent(each -> TypeNames.inText(each.signature().stringValue(), reader.types));
    method
        .findAttribute(Attributes.exceptions())
        .ifPresent(
            each -> each.exceptions().forEach(type -> reader.types.add(type.asInternalName())));
    method.code().ifPresent(reader::code);
    return new MethodFacts(
        method.methodName().stringValue(),
        method.methodType().stringValue(),
        method.flags().flagsMask(),
        Annotations.of(method).stream().anyMatch(Annotations::ofFramework),
        Math.max(1, reader.line),
        reader.types,
        reader.calls);
  }

  String signature() {
    return name + descriptor;
  }

  boolean isConstructor() {
    return name.equals("<init>");
  }

  boolean isInitializer() {
    return name.equals("<clinit>");
  }

  boolean isSynthetic() {
    return (flags & ClassFile.ACC_SYNTHETIC) != 0;
  }

  boolean isBridge() {
    return (flags & ClassFile.ACC_BRIDGE) != 0;
  }

  /// Whether a call of it may run another class's method of the same signature.
  boolean isVirtual() {
    return !isConstructor()
        && !isInitializer()
        && (flags & (ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE)) == 0;
  }

  boolean isMain() {
    return name.equals("main")
        && descriptor.equals("([Ljava/lang/String;)V")
        && (flags & ClassFile.ACC_STATIC) != 0;
  }

  /// As a reader writes it: `put(Bytes,long)`.
  String shown(String typeName) {
    var parameters = new StringBuilder();
    var part = PARAMETER.matcher(descriptor.substring(1, descriptor.indexOf(')')));
    while (part.find()) {
      parameters.append(parameters.isEmpty() ? "" : ",").append(parameter(part.group()));
    }
    String own = isConstructor() ? "new" : name;
    return typeName + "." + own + "(" + parameters + ")";
  }

  private static final Pattern PARAMETER = Pattern.compile("\\[*(?:L[^;]+;|[BCDFIJSZ])");

  private static String parameter(String descriptor) {
    String element = descriptor.replace("[", "");
    String name =
        switch (element.charAt(0)) {
          case 'B' -> "byte";
          case 'C' -> "char";
          case 'D' -> "double";
          case 'F' -> "float";
          case 'I' -> "int";
          case 'J' -> "long";
          case 'S' -> "short";
          case 'Z' -> "boolean";
          default ->
              element.substring(
                  Math.max(element.lastIndexOf('/'), element.lastIndexOf('$')) + 1,
                  element.length() - 1);
        };
    return name + "[]".repeat(descriptor.length() - element.length());
  }

  private static final class Reader {
    private final Set<String> types = new HashSet<>();
    private final Set<Call> calls = new HashSet<>();
    private int line;

    void code(CodeModel code) {
      code.forEach(this::element);
    }

    private void element(CodeElement element) {
      switch (element) {
        case InvokeInstruction call -> member(call.method());
        case InvokeDynamicInstruction call -> dynamic(call.invokedynamic());
        case FieldInstruction field -> member(field.field());
        case NewObjectInstruction made -> type(made.className());
        case NewReferenceArrayInstruction made -> type(made.componentType());
        case NewMultiArrayInstruction made -> type(made.arrayType());
        case TypeCheckInstruction check -> type(check.type());
        case LoadConstantInstruction load -> constant(load.constantEntry());
        case ExceptionCatch caught -> caught.catchType().ifPresent(this::type);
        case LineNumber number -> line = line == 0 ? number.line() : line;
        default -> {}
      }
    }

    private void type(ClassEntry entry) {
      TypeNames.ofEntry(entry.asInternalName(), types);
    }

    private void member(MemberRefEntry member) {
      type(member.owner());
      String descriptor = member.type().stringValue();
      if (descriptor.startsWith("(")) {
        calls.add(
            new Call(member.owner().asInternalName(), member.name().stringValue(), descriptor));
      } else {
        TypeNames.inText(descriptor, types);
      }
    }

    /// A lambda, a method reference, a switch over types, a concatenation, a record's `equals`.
    private void dynamic(DynamicConstantPoolEntry entry) {
      TypeNames.inText(entry.type().stringValue(), types);
      entry.bootstrap().arguments().forEach(this::constant);
    }

    private void constant(LoadableConstantEntry entry) {
      switch (entry) {
        case ClassEntry type -> type(type);
        case MethodHandleEntry handle -> member(handle.reference());
        case MethodTypeEntry type -> TypeNames.inText(type.descriptor().stringValue(), types);
        case ConstantDynamicEntry dynamic -> dynamic(dynamic);
        // A switch over an enum among other types names it as text, `io.ppio.env.Store$Mode`.
        case StringEntry text -> types.add(text.stringValue().replace('.', '/'));
        default -> {}
      }
    }
  }
}
