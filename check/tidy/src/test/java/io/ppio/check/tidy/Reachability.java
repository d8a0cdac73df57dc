package io.ppio.check.tidy;

import io.ppio.check.tidy.MethodGroups.Member;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the programs can reach, from `main` methods and from what libraries call, through main code
/// only.
///
/// A type is reached when reached code names it: in an instruction, a signature, a field, a
/// supertype, an annotation. Code is reached when it belongs to a reached type and its group (see
/// [MethodGroups]) is called from reached code, or when nobody needs to call it: class
/// initializers, what the compiler adds to records and enums, what a library's annotation stands
/// on.
///
/// What a record marked for `RecordCodec` names is encoded and decoded by that, through reflection.
///
/// A type of which only constants are used is not named in any class file, as the compiler copies
/// constants. Such a type is reached when the source of a reached type names it.
final class Reachability {
  private static final String FIELD = "io/ppio/crypto/message/Field";
  private static final Set<String> CODEC = Set.of("encode", "bytes", "compressed", "decode");

  private final CompiledTree tree;
  private final MethodGroups groups;
  private final SourceWords words;
  private final Set<String> types = new HashSet<>();
  private final Set<String> made = new HashSet<>();
  private final Set<Member> methods = new HashSet<>();
  private final Set<Member> called = new HashSet<>();
  private final Deque<Runnable> work = new ArrayDeque<>();

  /// @param fixtures what tests may call of main code that is there for them
  Reachability(CompiledTree tree, MethodGroups groups, SourceWords words, List<Member> fixtures) {
    this.tree = tree;
    this.groups = groups;
    this.words = words;
    for (ClassFacts type : tree.main().values()) {
      type.methods().stream()
          .filter(MethodFacts::isMain)
          .forEach(method -> run(new Member(type, method)));
    }
    fixtures.forEach(this::run);
    tree.services().forEach(this::make);
    for (ClassFacts type : tree.generated()) {
      Stream.concat(type.supers().stream(), type.named().stream()).forEach(this::name);
      type.methods().forEach(this::follow);
    }
    do {
      while (!work.isEmpty()) {
        work.pop().run();
      }
      constants();
    } while (!work.isEmpty());
  }

  boolean reaches(ClassFacts type) {
    return types.contains(type.name());
  }

  boolean reaches(Member member) {
    return methods.contains(member);
  }

  /// Whether the compiler, the JDK or a library uses a method of a reached type unasked.
  boolean isImplicit(Member member) {
    ClassFacts type = member.type();
    MethodFacts method = member.method();
    if (method.isInitializer() || method.framework() || groups.isCalledFromOutside(member)) {
      return true;
    }
    boolean noParameters = method.descriptor().startsWith("()");
    if (method.isConstructor()) {
      return made.contains(type.name())
          || (type.framework() && noParameters)
          || (type.kind() == ClassFacts.Kind.RECORD
              && method.descriptor().equals(type.canonical()));
    }
    return switch (type.kind()) {
      case ANNOTATION -> true;
      case RECORD -> noParameters && type.components().contains(method.name());
      case ENUM ->
          (noParameters && method.name().equals("values"))
              || method.signature().startsWith("valueOf(Ljava/lang/String;)");
      case CLASS -> false;
    };
  }

  private void name(String name) {
    ClassFacts type = tree.main().get(name);
    if (type == null || !types.add(name)) {
      return;
    }
    work.push(() -> {
      type.supers().forEach(this::name);
      type.outer().ifPresent(this::name);
      type.named().forEach(this::name);
      type.made().forEach(this::make);
      if (type.named().contains(FIELD)) {
        Stream.concat(type.named().stream(), type.made().stream()).forEach(this::codec);
      }
      for (MethodFacts method : type.methods()) {
        Member member = new Member(type, method);
        if (isImplicit(member) || called.contains(member)) {
          run(member);
        }
      }
    });
  }

  private void codec(String name) {
    ClassFacts type = tree.main().get(name);
    if (type != null) {
      type.methods().stream()
          .filter(method -> CODEC.contains(method.name()))
          .forEach(method -> run(new Member(type, method)));
    }
  }

  /// Names a class that somebody instantiates by reflection.
  private void make(String name) {
    ClassFacts type = tree.main().get(name);
    if (type != null && made.add(name)) {
      name(name);
      type.methods().stream()
          .filter(MethodFacts::isConstructor)
          .forEach(method -> run(new Member(type, method)));
    }
  }

  private void run(Member member) {
    if (methods.add(member)) {
      name(member.type().name());
      work.push(() -> follow(member.method()));
    }
  }

  private void follow(MethodFacts method) {
    method.types().forEach(this::name);
    for (MethodFacts.Call call : method.calls()) {
      for (Member target : groups.targets(call)) {
        if (called.add(target) && types.contains(target.type().name())) {
          run(target);
        }
      }
    }
  }

  private void constants() {
    Map<String, ClassFacts> open = new TreeMap<>();
    tree.main().values().stream()
        .filter(type -> type.holdsConstants() && !reaches(type))
        .forEach(type -> open.put(type.name(), type));
    Set<String> reached = new HashSet<>();
    tree.main().values().stream()
        .filter(this::reaches)
        .forEach(type -> tree.sourceOf(type).ifPresent(reached::add));
    for (ClassFacts type : open.values()) {
      String own = type.outer().isPresent() ? "" : tree.sourceOf(type).orElse("");
      String simple = type.shown().substring(type.shown().lastIndexOf('.') + 1);
      if (reached.stream().anyMatch(path -> !path.equals(own) && words.uses(path, simple))) {
        name(type.name());
      }
    }
  }
}
