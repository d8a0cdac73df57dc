package io.ppio.check.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// No package of the main sources needs one that needs it, directly or through others. Each step
/// from package to package inside a cycle is one finding, with the classes that take it.
final class PackageCycles {
  private PackageCycles() {}

  static List<Finding> check(List<JavaSource> sources) {
    Graph graph = new Graph();
    sources.stream().filter(source -> !source.isTest()).forEach(graph::add);
    List<Finding> findings = new ArrayList<>();
    for (Set<String> cycle : graph.cycles()) {
      for (String from : cycle) {
        for (Edge edge : graph.edges.getOrDefault(from, Map.of()).values()) {
          if (cycle.contains(edge.to)) {
            findings.add(edge.finding(cycle.size()));
          }
        }
      }
    }
    return findings;
  }

  /// How many groups of packages need each other in a circle.
  static int count(List<JavaSource> sources) {
    Graph graph = new Graph();
    sources.stream().filter(source -> !source.isTest()).forEach(graph::add);
    return graph.cycles().size();
  }

  private record Edge(String from, String to, String path, long line, List<String> classes) {
    Finding finding(int packages) {
      return new Finding(
          path,
          line,
          "%s -> %s: in a cycle of %d packages, through %s"
              .formatted(from, to, packages, String.join(", ", classes)));
    }
  }

  private static final class Graph {
    private final Map<String, Map<String, Edge>> edges = new TreeMap<>();

    void add(JavaSource source) {
      Map<String, Edge> out = edges.computeIfAbsent(source.packageName(), _ -> new TreeMap<>());
      for (ProjectTypes.Use use : ProjectTypes.namedIn(source)) {
        out.computeIfAbsent(
                use.packageName(),
                to ->
                    new Edge(source.packageName(), to, source.path, use.line(), new ArrayList<>()))
            .classes
            .add(source.typeName() + " -> " + use.type());
      }
    }

    /// The strongly connected groups of more than one package: two packages are in one group when
    /// each reaches the other.
    List<Set<String>> cycles() {
      Map<String, Set<String>> reached = new TreeMap<>();
      edges.keySet().forEach(each -> reached.put(each, reachedFrom(each)));
      List<Set<String>> groups = new ArrayList<>();
      Set<String> seen = new TreeSet<>();
      for (String start : reached.keySet()) {
        Set<String> group = new TreeSet<>();
        for (String other : reached.get(start)) {
          if (reached.getOrDefault(other, Set.of()).contains(start)) {
            group.add(other);
          }
        }
        if (group.size() > 1 && seen.add(start)) {
          seen.addAll(group);
          groups.add(group);
        }
      }
      return groups;
    }

    private Set<String> reachedFrom(String start) {
      Set<String> reached = new TreeSet<>();
      Deque<String> open = new ArrayDeque<>(List.of(start));
      while (!open.isEmpty()) {
        for (String next : edges.getOrDefault(open.pop(), Map.of()).keySet()) {
          if (reached.add(next)) {
            open.push(next);
          }
        }
      }
      return reached;
    }
  }
}
