package io.ppio.check.tidy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/// Which methods a call may reach. Methods that override one another are one group, and a call of
/// one is taken for a call of all of them: what a variable really holds is not followed.
final class MethodGroups {
  /// A method of the project.
  record Member(ClassFacts type, MethodFacts method) {
    // By name: what the components hold is large, and compared often.
    @Override
    public boolean equals(Object other) {
      return other instanceof Member(ClassFacts otherType, MethodFacts otherMethod)
          && type.name().equals(otherType.name())
          && method.signature().equals(otherMethod.signature());
    }

    @Override
    public int hashCode() {
      return 31 * type.name().hashCode() + method.signature().hashCode();
    }
  }

  private final Map<String, ClassFacts> types;
  private final BiPredicate<ClassFacts, String> overrides;
  private final Map<String, Set<String>> foreign = new HashMap<>(); // signatures a class inherits
  private final Map<Member, Member> parents = new HashMap<>();
  private final Map<Member, List<Member>> groups = new HashMap<>();
  private final Set<Member> called = new LinkedHashSet<>(); // by what is not of the project

  /// @param overrides whether a class's source marks a method of that name `@Override`; only asked
  ///   about classes that extend one whose class file cannot be found
  MethodGroups(Map<String, ClassFacts> types, BiPredicate<ClassFacts, String> overrides) {
    this.types = types;
    this.overrides = overrides;
    for (ClassFacts type : types.values()) {
      type.methods().forEach(method -> find(new Member(type, method)));
      bridges(type);
    }
    types.values().forEach(this::inherit);
    for (Member member : List.copyOf(parents.keySet())) {
      groups.computeIfAbsent(find(member), _ -> new ArrayList<>()).add(member);
    }
  }

  /// The methods that a call may run, empty where none is of the project.
  List<Member> targets(MethodFacts.Call call) {
    return declared(call.owner(), call.signature()).map(this::group).orElse(List.of());
  }

  /// A method and those that override it or that it overrides.
  List<Member> group(Member member) {
    return groups.getOrDefault(find(member), List.of(member));
  }

  /// Whether a method stands in for one of a library or of the JDK, which calls it.
  boolean isCalledFromOutside(Member member) {
    return group(member).stream().anyMatch(called::contains);
  }

  /// A class and everything of the project above it, itself first.
  List<ClassFacts> lineage(String name) {
    Set<ClassFacts> all = new LinkedHashSet<>();
    climb(name, all);
    return List.copyOf(all);
  }

  private void climb(String name, Set<ClassFacts> all) {
    ClassFacts type = types.get(name);
    if (type != null && all.add(type)) {
      type.supers().forEach(each -> climb(each, all));
    }
  }

  private Optional<Member> declared(String owner, String signature) {
    for (ClassFacts type : lineage(owner)) {
      for (MethodFacts method : type.methods()) {
        if (method.signature().equals(signature)) {
          return Optional.of(new Member(type, method));
        }
      }
    }
    return Optional.empty();
  }

  /// Joins what a class and its supertypes declare under one signature, and notes what the JDK or a
  /// library declares as well.
  private void inherit(ClassFacts type) {
    Map<String, List<Member>> bySignature = new TreeMap<>();
    Set<String> outside = new TreeSet<>();
    boolean unknown = false;
    List<ClassFacts> lineage = lineage(type.name());
    for (ClassFacts each : lineage) {
      for (MethodFacts method : each.methods()) {
        if (method.isVirtual()) {
          bySignature
              .computeIfAbsent(method.signature(), _ -> new ArrayList<>())
              .add(new Member(each, method));
        }
      }
      for (String above : each.supers()) {
        Set<String> known = types.containsKey(above) ? Set.of() : foreign(above);
        unknown |= known.contains(UNKNOWN);
        outside.addAll(known);
      }
    }
    for (var entry : bySignature.entrySet()) {
      List<Member> members = entry.getValue();
      members.forEach(each -> join(members.getFirst(), each));
      Member own = members.getFirst();
      boolean marked =
          unknown && members.size() == 1 && overrides.test(own.type(), own.method().name());
      if (outside.contains(entry.getKey()) || marked) {
        called.add(own);
      }
    }
  }

  /// A bridge is the same method under the erased signature of a supertype.
  private void bridges(ClassFacts type) {
    for (MethodFacts bridge : type.methods()) {
      if (bridge.isBridge()) {
        for (MethodFacts.Call call : bridge.calls()) {
          if (call.name().equals(bridge.name())) {
            declared(call.owner(), call.signature())
                .ifPresent(real -> join(new Member(type, bridge), real));
          }
        }
      }
    }
  }

  private static final String UNKNOWN = "?";

  /// Signatures that a class outside the project declares or inherits; holds [#UNKNOWN] where its
  /// class file cannot be found, as is so for libraries.
  private Set<String> foreign(String name) {
    Set<String> known = foreign.get(name);
    if (known == null) {
      known = new TreeSet<>();
      foreign.put(name, known);
      try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
        if (in == null) {
          known.add(UNKNOWN);
        } else {
          ClassFacts facts = ClassFacts.read(in.readAllBytes());
          facts.methods().stream()
              .filter(MethodFacts::isVirtual)
              .map(MethodFacts::signature)
              .forEach(known::add);
          for (String above : facts.supers()) {
            known.addAll(foreign(above));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return known;
  }

  private Member find(Member member) {
    Member at = member;
    while (true) {
      Member above = parents.putIfAbsent(at, at);
      if (above == null || above.equals(at)) {
        return at;
      }
      at = above;
    }
  }

  private void join(Member one, Member other) {
    Member to = find(one);
    Member from = find(other);
    if (!to.equals(from)) {
      parents.put(from, to);
    }
  }
}
