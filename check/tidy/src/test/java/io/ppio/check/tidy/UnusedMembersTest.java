package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnusedMembersTest {
  private static final String MAIN = "class Main { public static void main(String[] args) { ";

  private final PlantedClasses planted = new PlantedClasses();

  private List<String> keys() {
    return UnusedMembers.check(planted.compile()).stream().map(Debt::key).sorted().toList();
  }

  @Test
  void whatAProgramReachesIsFine() {
    planted
        .main("Main", MAIN + "new Main().run(); } void run() { Store.open().put(1); } }")
        .main(
            "Store",
            "class Store { static Store open() { return new Store(); } void put(int n) {} }");
    assertEquals(List.of(), keys());
  }

  @Test
  void whatOnlyTestsOrNobodyNamesIsFound() {
    planted
        .main("Main", MAIN + "Store.open(); } }")
        .main(
            "Store",
            """
            class Store {
              static Store open() { return new Store(); }
              void put(int[] n, String key) {}
              void clear() {}
            }
            """)
        .main("Index", "class Index { static void open() {} }")
        .test(
            "StoreTest", "class StoreTest { void puts() { Store.open().put(new int[0], \"\"); } }");
    assertEquals(
        List.of(
            "data/src/main/java/io/ppio/data/Index.java:1: Index"
                + ": no program reaches it, and no test names it",
            "data/src/main/java/io/ppio/data/Store.java:4: Store.put(int[],String)"
                + ": only tests name it",
            "data/src/main/java/io/ppio/data/Store.java:5: Store.clear()"
                + ": no program reaches it, and no test names it"),
        UnusedMembers.check(planted.compile()).stream().map(Finding::toString).toList());
  }

  @Test
  void whatCallsItselfOrIsCalledFromDeadCodeIsDead() {
    planted
        .main("Main", MAIN + "new Store(); } }")
        .main(
            "Store",
            """
            class Store {
              int twice(int n) { return n == 0 ? 0 : twice(half(n)); }
              int half(int n) { return n / 2; }
            }
            """);
    assertEquals(List.of("Store.half(int)", "Store.twice(int)"), keys());
  }

  @Test
  void aCallThroughASupertypeReachesWhatOverrides() {
    planted
        .main("Main", MAIN + "Shape shape = new Square(); shape.area(); new Cube().side(); } }")
        .main(
            "Shape", "interface Shape { int area(); int side(); default int edge() { return 1; } }")
        .main(
            "Square",
            """
            class Square implements Shape {
              public int area() { return 1; }
              public int side() { return 1; }
            }
            """)
        .main(
            "Cube", "class Cube extends Solid implements Shape { public int side() { return 2; } }")
        .main("Solid", "class Solid { public int area() { return 6; } }");
    assertEquals(List.of("Shape.edge()"), keys());
  }

  @Test
  void genericSupertypesAreSeenThroughBridges() {
    planted
        .main(
            "Main",
            MAIN
                + "Codec<String> codec = new Text(); codec.encode(\"\"); new Text().length(\"\"); } }")
        .main("Codec", "interface Codec<T> { int encode(T value); int length(T value); }")
        .main(
            "Text",
            """
            class Text implements Codec<String> {
              public int encode(String s) { return 0; }
              public int length(String s) { return 0; }
            }
            """);
    assertEquals(List.of(), keys());
  }

  @Test
  void whatTheJdkCallsIsUsed() {
    planted
        .main("Main", MAIN + "new java.util.TreeSet<Key>().add(new Key(1)); } }")
        .main(
            "Key",
            """
            final class Key implements Comparable<Key>, AutoCloseable {
              private final int n;
              Key(int n) { this.n = n; }
              @Override public int compareTo(Key other) { return rank() - other.rank(); }
              @Override public void close() {}
              @Override public String toString() { return text(); }
              private int rank() { return n; }
              private String text() { return "" + n; }
            }
            """);
    assertEquals(List.of(), keys());
  }

  @Test
  void lambdasAndMethodReferencesAreCalls() {
    planted
        .main(
            "Main",
            MAIN
                + "Runnable r = Store::flush; java.util.function.Supplier<Store> s = Store::new; r.run();"
                + " Runnable l = () -> s.get().sync(); l.run(); } }")
        .main(
            "Store",
            "class Store { Store() {} Store(int n) {} static void flush() {} void sync() {} }");
    assertEquals(List.of("Store.new(int)"), keys());
  }

  @Test
  void recordsAndEnumsNeedNotUseWhatTheCompilerAdds() {
    planted
        .main(
            "Main",
            MAIN + "Mode mode = Mode.FAST; Pair pair = null; } static void take(Pair p) {} }")
        .main(
            "Mode",
            "enum Mode { FAST, SLOW(2); Mode() { this(1); } Mode(int n) {} int cost() { return 1; } }")
        .main(
            "Pair",
            "record Pair(int a, int b) { Pair { check(a); } Pair(int a) { this(a, a); } static void check(int a) {} }");
    assertEquals(List.of("Main.take(Pair)", "Mode.cost()", "Pair"), keys());
    planted.main(
        "Main", MAIN + "take(null); Mode mode = Mode.FAST; } static void take(Pair p) {} }");
    assertEquals(List.of("Mode.cost()", "Pair.new(int)"), keys());
  }

  @Test
  void aSwitchOverTypesNamesThem() {
    planted
        .main(
            "Main",
            """
            class Main {
              public static void main(String[] args) {
                switch (Event.any()) {
                  case Event.Read _ -> {}
                  case Event.Write _ -> {}
                  default -> {}
                }
              }
            }
            """)
        .main(
            "Event",
            """
            sealed interface Event {
              static Event any() { throw new IllegalStateException(); }
              record Read() implements Event {}
              record Write() implements Event {}
              record Gone() implements Event {}
            }
            """);
    assertEquals(List.of("Event.Gone"), keys());
  }

  @Test
  void aTypeOfConstantsIsNamedInSources() {
    planted
        .main("Main", MAIN + "System.exit(Limits.MAX); } }")
        .main("Limits", "final class Limits { static final int MAX = 1; }")
        .main(
            "Bounds",
            "final class Bounds { static final int MAX = 1; static final int MIN = Bounds.MAX; }");
    assertEquals(List.of("Bounds"), keys());
  }

  @Test
  void whatLibrariesStartIsUsed() {
    planted
        .foreign(
            "picocli",
            "Command",
            "public @interface Command { Class<?>[] subcommands() default {}; }")
        .foreign("picocli", "Option", "public @interface Option {}")
        .main("Main", "import picocli.*; @Command(subcommands = Put.class) " + MAIN + "} }")
        .main(
            "Put",
            "import picocli.*; class Put { Put() {} Put(int n) {} @Option void size(int n) {} void other() {} }")
        .main("Plugin", "class Plugin { Plugin() {} void start() {} }")
        .main("Benchmark", "public class Benchmark { public void run() {} public void idle() {} }")
        .foreign(
            "io.ppio.data.generated",
            "Driver",
            "class Driver { void drive(io.ppio.data.Benchmark b) { b.run(); } }");
    assertEquals(
        List.of("Benchmark.idle()", "Plugin.start()", "Put.other()"),
        UnusedMembers.check(planted.compile(Set.of("io/ppio/data/Plugin"))).stream()
            .map(Debt::key)
            .sorted()
            .toList());
  }

  @Test
  void theCodecOfMarkedRecordsIsUsed() {
    planted
        .foreign(
            "io.ppio.crypto.message",
            "Field",
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                + " public @interface Field { Class<?> as() default void.class; }")
        .main("Main", MAIN + "new Order(null, null); } }")
        .main(
            "Order",
            "import io.ppio.crypto.message.Field;"
                + " record Order(@Field Path path, @Field(as = Short.class) String name) {}")
        .main("Path", "class Path { byte[] encode() { return new byte[0]; } void other() {} }")
        .main("Short", "class Short { static String decode(byte[] in) { return \"\"; } }")
        .main("Plain", "class Plain { byte[] encode() { return new byte[0]; } }");
    assertEquals(List.of("Path.other()", "Plain"), keys());
  }
}
