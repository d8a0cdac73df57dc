package io.ppio.node.user.task;

import io.ppio.env.StoreBatch;
import io.ppio.node.user.api.UserFailure;

/// The work of one task. Runs on a task of its own; pausing interrupts it.
///
/// What it has done so far is in the store, so that running it again goes on from there.
@FunctionalInterface
public interface Job {
  /// Does the work.
  ///
  /// @throws UserFailure when it cannot be done; the task ends in Error with this message
  /// @throws InterruptedException when paused, or the node stops
  void run(Progress progress) throws UserFailure, InterruptedException;

  /// Where a job tells how far it is. Safe for concurrent use.
  interface Progress {
    /// How much there is to do.
    ///
    /// @param subJobs segments, or objects of a counting action
    /// @param bytes bytes to move; a counting action repeats the sub-jobs
    void total(int subJobs, long bytes);

    /// How much is done; may fall when a segment has to be done again.
    void finished(int subJobs, long bytes);

    /// What becomes durable together with the state Finished, just before the job returns.
    void conclude(StoreBatch batch);
  }
}
