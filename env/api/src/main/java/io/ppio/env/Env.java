package io.ppio.env;

import java.util.random.RandomGenerator;

/// Everything a node may do to the world, and nothing else it may do.
///
/// One instance belongs to one node. All parts are safe for use by any number of tasks.
public interface Env {
  /// Time, and the only way to wait for it.
  Clock clock();

  /// A stream of choices (jitter, sampling, shuffling), seeded per node and purpose; never for
  /// keys.
  ///
  /// Each call returns a new generator; in simulation the same purpose gives the same stream, so a
  /// caller keeps the one it got. The generator is owned by one task.
  RandomGenerator random(String purpose);

  /// Fills `target` with bytes fit for keys and nonces.
  void secret(byte[] target);

  /// Opens a scope in which tasks run; closing it ends them.
  ///
  /// @param name what the tasks are about; appears in thread names and logs
  Tasks tasks(String name);

  /// Authenticated bytes from and to other nodes.
  Links links();

  /// Files and stores below the node's directories.
  Disk disk();

  /// Where events of this node are recorded.
  Log log();
}
