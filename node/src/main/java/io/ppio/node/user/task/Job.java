package io.ppio.node.user.task;

import io.ppio.env.StoreBatch;
import io.ppio.node.user.api.UserApi.ObjectStatus;
import io.ppio.node.user.api.UserFailure;
import java.util.Optional;

/// The work of one task. Runs on a task of its own; pausing interrupts it.
///
/// What it has done so far is in the store, so that running it again goes on from there.
@FunctionalInterface
public interface Job {
  /// Does the work.
  ///
  /// @throws UserFailure when it cannot be done; the task ends in Error with this message
  /// @throws InterruptedException when paused, or the node stops
  Outcome run(Progress progress) throws UserFailure, InterruptedException;

  /// What came of it.
  ///
  /// @param last what becomes durable together with the state Finished; nothing for temporary tasks
  /// @param result what clients are shown with it
  record Outcome(StoreBatch last, Optional<ObjectStatus> result) {
    /// The work is done, and that is all.
    public static Outcome done() {
      return stored(new StoreBatch());
    }

    /// The work is done once `last` is stored.
    public static Outcome stored(StoreBatch last) {
      return new Outcome(last, Optional.empty());
    }

    /// The work was to find out `status`.
    public static Outcome shown(ObjectStatus status) {
      return new Outcome(new StoreBatch(), Optional.of(status));
    }
  }

  /// Where a job tells how far it is. Safe for concurrent use.
  interface Progress {
    /// How much there is to do.
    ///
    /// @param subJobs segments, or objects of a counting action
    /// @param bytes bytes to move; a counting action repeats the sub-jobs
    void total(int subJobs, long bytes);

    /// How much is done; may fall when a segment has to be done again.
    void finished(int subJobs, long bytes);
  }
}
