package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Env;
import io.ppio.env.Mailbox;
import io.ppio.env.Monitor;
import io.ppio.env.Permits;
import io.ppio.env.Promise;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Time, tasks, the waiting types of the seam, and the ways in which a world ends.
class SimWorldTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void sleepTakesVirtualTimeAndNoOther() {
    try (SimWorld world = new SimWorld(1)) {
      long[] slept = {0};
      world
          .node("a")
          .start(env -> {
            long before = env.clock().nanos();
            env.clock().sleep(Duration.ofDays(400));
            slept[0] = env.clock().nanos() - before;
          });
      assertEquals(RunEnd.IDLE, world.runUntil(Duration.ofDays(500)));
      assertEquals(Duration.ofDays(400).toNanos(), slept[0]);
      assertEquals(Duration.ofDays(400), world.now());
    }
  }

  @Test
  void wallClocksDifferByTheOffsetOfTheNode() {
    try (SimWorld world = new SimWorld(1)) {
      SimNode late = world.node("late");
      late.setWallOffset(Duration.ofMinutes(-7));
      List<String> seen = new ArrayList<>();
      for (SimNode node : List.of(world.node("exact"), late)) {
        node.start(env -> {
          env.clock().sleep(SECOND);
          seen.add(env.clock().wall().toString());
        });
      }
      world.runUntil(HOUR);
      assertEquals(
          List.of("2025-12-31T23:53:01Z", "2026-01-01T00:00:01Z"), seen.stream().sorted().toList());
    }
  }

  @Test
  void mailboxPromisePermitsAndMonitorWaitOnVirtualTime() {
    SimWorld.run(1, SimWorldTest::exchangeThroughEveryWaitingType);
  }

  private static void exchangeThroughEveryWaitingType(Env env) throws Exception {
    Mailbox<Integer> mailbox = new Mailbox<>(env.clock(), 2);
    Promise<Integer> sum = new Promise<>(env.clock());
    Permits permits = new Permits(env.clock(), 1);
    try (Tasks tasks = env.tasks("exchange")) {
      tasks.fork(
          "writer",
          () -> {
            for (int i = 1; i <= 100; i++) {
              assertTrue(mailbox.put(i));
            }
            mailbox.close();
          });
      tasks.fork(
          "reader",
          () -> {
            int total = 0;
            for (Optional<Integer> next = mailbox.take(); next.isPresent(); next = mailbox.take()) {
              permits.acquire(1);
              env.clock().sleep(SECOND);
              permits.release(1);
              total += next.get();
            }
            sum.complete(total);
          });
      assertEquals(Optional.empty(), sum.await(env.clock().in(Duration.ofSeconds(99))));
      assertEquals(5050, sum.await());
      tasks.join();
    }
    Monitor monitor = new Monitor(env.clock());
    try (var _ = monitor.hold()) {
      assertFalse(monitor.await(env.clock().in(SECOND)));
    }
  }

  @Test
  void aFailedServeEndsOnlyItself() {
    try (SimWorld world = new SimWorld(1)) {
      boolean[] done = {false};
      world
          .node("a")
          .start(env -> {
            try (Tasks tasks = env.tasks("scope")) {
              tasks.serve(
                  "peer",
                  () -> {
                    throw new IOException("gone");
                  });
              tasks.fork("other", () -> env.clock().sleep(SECOND));
              tasks.join();
              done[0] = true;
            }
          });
      assertEquals(RunEnd.IDLE, world.runUntil(HOUR));
      assertTrue(done[0]);
      assertEquals(1, world.taskFailures().size());
      assertTrue(world.describe().contains("task-failed scope=scope task=peer"), world::describe);
    }
  }

  @Test
  void sleepOfTheJdkFailsTheWorldHoweverShortItIs() {
    for (int nanos = 1; nanos < 10_000_000; nanos *= 2) {
      Duration sleep = Duration.ofNanos(nanos);
      try (SimWorld world = new SimWorld(1)) {
        world.node("a").start(env -> Thread.sleep(sleep));
        assertEquals(RunEnd.FAILURE, world.runUntil(HOUR), sleep::toString);
        assertTrue(world.foreignWakeUps() > 0);
        assertTrue(world.failure().orElseThrow().contains("foreign wake-up"));
      }
    }
  }

  @Test
  void aWakeUpByAnotherThreadFailsTheWorld() throws InterruptedException {
    try (SimWorld world = new SimWorld(1)) {
      Thread[] waiting = new Thread[1];
      world
          .node("a")
          .start(env -> {
            waiting[0] = Thread.currentThread();
            env.clock().sleep(HOUR);
          });
      assertEquals(RunEnd.TIME_LIMIT, world.runUntil(SECOND));
      Thread foreign = new Thread(waiting[0]::interrupt);
      foreign.start();
      foreign.join();
      assertEquals(1, world.foreignWakeUps());
      assertEquals(RunEnd.FAILURE, world.runUntil(HOUR));
    }
  }

  @Test
  void anUncheckedExceptionOfATaskFailsTheWorldUnlessTolerated() {
    for (boolean tolerated : new boolean[] {false, true}) {
      try (SimWorld world = new SimWorld(1)) {
        if (tolerated) {
          world.tolerateBugs();
        }
        world
            .node("a")
            .start(env -> {
              throw new IllegalStateException("our bug");
            });
        assertEquals(tolerated ? RunEnd.IDLE : RunEnd.FAILURE, world.runUntil(HOUR));
        assertEquals("our bug", world.taskFailures().getFirst().reason().getMessage());
      }
    }
  }

  @Test
  void anInvariantIsCheckedBetweenEvents() {
    try (SimWorld world = new SimWorld(1)) {
      int[] count = {0};
      world.check(
          new Invariant() {
            @Override
            public String name() {
              return "few ticks";
            }

            @Override
            public Optional<String> violated() {
              return count[0] > 3 ? Optional.of(count[0] + " ticks") : Optional.empty();
            }
          });
      world
          .node("a")
          .start(env -> {
            while (true) {
              env.clock().sleep(SECOND);
              count[0]++;
            }
          });
      assertEquals(RunEnd.FAILURE, world.runUntil(HOUR));
      assertEquals("not so: few ticks: 4 ticks", world.failure().orElseThrow());
      assertEquals(Duration.ofSeconds(4), world.now());
    }
  }

  @Test
  void theScriptActsAtItsTimesAndCanFailTheWorld() {
    try (SimWorld world = new SimWorld(1)) {
      List<Duration> times = new ArrayList<>();
      world.at(Duration.ofSeconds(2), () -> times.add(world.now()));
      world.at(SECOND, () -> world.after(Duration.ofMillis(1), () -> times.add(world.now())));
      assertEquals(RunEnd.DONE, world.runUntil(() -> times.size() == 2, HOUR));
      assertEquals(List.of(Duration.ofMillis(1001), Duration.ofSeconds(2)), times);
      world.after(SECOND, () -> world.fail("enough"));
      assertEquals(RunEnd.FAILURE, world.runUntil(HOUR));
    }
  }

  @Test
  void aKilledNodeRunsNoFurtherLine() {
    try (SimWorld world = new SimWorld(1)) {
      List<String> lines = new ArrayList<>();
      SimNode node = world.node("a");
      SimNode.Main main =
          env -> {
            try {
              lines.add("start");
              env.clock().sleep(Duration.ofSeconds(10));
              lines.add("never after a kill");
            } finally {
              lines.add("finally");
            }
          };
      node.start(main);
      world.at(SECOND, node::kill);
      assertEquals(RunEnd.IDLE, world.runUntil(HOUR));
      assertEquals(List.of("start"), lines);
      node.restart(main);
      assertEquals(RunEnd.IDLE, world.runUntil(HOUR));
      assertEquals(List.of("start", "start", "never after a kill", "finally"), lines);
    }
  }

  @Test
  void terminationInterruptsTheProgram() {
    try (SimWorld world = new SimWorld(1)) {
      boolean[] closed = {false};
      SimNode node = world.node("a");
      node.start(env -> {
        try {
          env.clock().sleep(HOUR);
        } finally {
          closed[0] = true;
        }
      });
      world.at(SECOND, node::terminate);
      assertEquals(RunEnd.IDLE, world.runUntil(HOUR));
      assertTrue(closed[0]);
      assertFalse(node.running());
      assertEquals(List.of(), world.taskFailures());
    }
  }

  @Test
  void aRestartedNodeDrawsOtherRandomness() {
    try (SimWorld world = new SimWorld(1)) {
      List<Long> drawn = new ArrayList<>();
      SimNode node = world.node("a");
      SimNode.Main main =
          env -> {
            drawn.add(env.random("x").nextLong());
            drawn.add(env.random("x").nextLong());
            drawn.add(env.random("y").nextLong());
          };
      node.start(main);
      world.runUntil(SECOND);
      node.restart(main);
      world.runUntil(HOUR);
      assertEquals(drawn.get(0), drawn.get(1));
      assertEquals(4, drawn.stream().distinct().count());
    }
  }

  @Test
  void aContendedSynchronizedBlockFailsTheWorld() {
    try (SimWorld world = new SimWorld(1)) {
      Object lock = new Object();
      SimNode.Main holdTheLock =
          env -> {
            synchronized (lock) {
              env.clock().sleep(SECOND);
            }
          };
      world.node("a").start(holdTheLock);
      world.node("b").start(holdTheLock);
      assertEquals(RunEnd.FAILURE, world.runUntil(HOUR));
      assertTrue(world.failure().orElseThrow().contains("synchronized block"));
    }
  }

  @Test
  void killedNodesAndAbandonedWorldsAreGarbage() {
    long heapBytes = Runtime.getRuntime().maxMemory();
    int chunkBytes = 64 << 20;
    for (long held = 0; held < 2 * heapBytes; held += 2L * chunkBytes) {
      SimWorld world = new SimWorld(1);
      SimNode.Main hold =
          env -> {
            byte[] memory = new byte[chunkBytes];
            env.clock().sleep(HOUR);
            assertEquals(chunkBytes, memory.length);
          };
      world.node("a").start(hold);
      world.node("b").start(hold);
      world.runUntil(SECOND);
      world.node("a").kill();
      world.close();
    }
  }

  @Test
  void everyPointOfARunCanBeTheLast() {
    int points = 0;
    boolean ended = false;
    while (!ended) {
      points++;
      try (SimWorld world = new SimWorld(1)) {
        boolean[] done = {false};
        SimNode node = world.node("a");
        node.killAtOperation(points);
        node.start(env -> {
          env.disk().createFolders(Path.of("/a"));
          env.disk().replace(Path.of("/a/b"), new byte[10]);
          done[0] = true;
        });
        world.expect(RunEnd.IDLE, world.runUntil(HOUR));
        assertEquals(done[0] ? points - 1 : points, node.operations());
        ended = done[0];
      }
    }
    // One to make the folder; delete, open, write, force, move and force the folder to replace.
    assertEquals(8, points);
  }

  @Test
  void aNodeCanKillItself() {
    try (SimWorld world = new SimWorld(1)) {
      SimNode node = world.node("a");
      node.start(env -> {
        node.kill();
        env.clock().sleep(SECOND);
        world.fail("a dead node went on");
      });
      assertEquals(RunEnd.IDLE, world.runUntil(HOUR));
      assertFalse(node.running());
    }
  }

  @Test
  void aWorldMakesItsFailureReadable() {
    try (SimWorld world = new SimWorld(42, SimConfig.rough())) {
      List<String> printed = new ArrayList<>();
      world.printTo(printed::add);
      world.node("a").start(env -> env.log().info("put-accepted", "bytes", 17));
      world.after(SECOND, () -> world.fail("because"));
      AssertionError error =
          assertThrows(AssertionError.class, () -> world.expect(RunEnd.IDLE, world.runUntil(HOUR)));
      String text = String.valueOf(error.getMessage());
      for (String part : List.of("seed 42", "loss=0.001", "because", "put-accepted bytes=17")) {
        assertTrue(text.contains(part), text);
      }
      assertEquals(1, printed.size());
    }
  }
}
