package io.ppio.env.simulated;

import io.ppio.env.Check;
import io.ppio.env.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of a node's program, from its start to its end or death.
///
/// The operating system's side of a process: its tasks, its ends of links, its listeners, its
/// folder locks. It ends when the last task has ended, or dies by [SimNode#kill].
final class Incarnation {
  private final SimWorld world;
  private final SimNode node;
  private final int number;
  private final Set<SimLink> links = new LinkedHashSet<>();
  private final Set<SimListener> listeners = new LinkedHashSet<>();
  private boolean alive = true;
  private int tasks;
  private @Nullable SimTask main;

  Incarnation(SimWorld world, SimNode node, int number) {
    this.world = world;
    this.node = node;
    this.number = number;
  }

  Kernel kernel() {
    return world.kernel();
  }

  SimWorld world() {
    return world;
  }

  SimNode node() {
    return node;
  }

  int number() {
    return number;
  }

  boolean alive() {
    return alive;
  }

  Set<SimLink> links() {
    return links;
  }

  Set<SimListener> listeners() {
    return listeners;
  }

  /// Starts the first task.
  void startMain(SimNode.Main body) {
    SimEnv env = new SimEnv(this);
    main =
        spawn(
            "main",
            () -> {
              try {
                body.run(env);
              } catch (InterruptedException _) {
                // The orderly end that SimNode.terminate asks for.
                Check.that(node.terminated(), "main was interrupted by nobody");
              }
            },
            failure -> {});
  }

  /// Interrupts the first task.
  void interruptMain() {
    Optional.ofNullable(main).ifPresent(task -> task.thread().interrupt());
  }

  /// What becomes of a failure that a task's body throws.
  @FunctionalInterface
  interface Outcome {
    void failed(Optional<Throwable> failure);
  }

  /// Starts a task; `outcome` is told in the same task when the body has ended.
  SimTask spawn(String name, Tasks.Body body, Outcome outcome) {
    tasks++;
    SimTask task =
        new SimTask(this, node.name() + "/" + name, () -> outcome.failed(execute(name, body)));
    task.start();
    return task;
  }

  private Optional<Throwable> execute(String name, Tasks.Body body) {
    Optional<Throwable> failure = Optional.empty();
    try {
      body.run();
    } catch (Throwable e) {
      failure = Optional.of(e);
    }
    failure.ifPresent(e -> world.taskFailed(node, name, e));
    tasks--;
    if (tasks == 0) {
      kernel().after(0, new Exit());
    }
    return failure;
  }

  /// A moment at which other tasks run, and at which the node may be killed; every operation of the
  /// disk and the links begins with one. Free of cost for the script.
  void schedulingPoint(long nanos) {
    if (kernel().current() != null) {
      node.countOperation();
      kernel().pause(nanos);
    }
  }

  /// Ends the process as the operating system does.
  ///
  /// @param abruptly whether the machine went with it, so that peers hear of it late
  void end(boolean abruptly) {
    if (!alive) {
      return;
    }
    alive = false;
    for (SimListener listener : listeners) {
      world.network().release(listener);
    }
    listeners.clear();
    List<SimLink> open = new ArrayList<>(links);
    links.clear();
    for (SimLink link : open) {
      if (abruptly) {
        link.die();
      } else {
        link.close();
      }
    }
  }

  /// Forgets the process with its world; nobody is told.
  void abandon() {
    alive = false;
  }

  private final class Exit extends SimEvent {
    @Override
    void fire() {
      if (tasks == 0) {
        end(false);
      }
    }
  }
}
