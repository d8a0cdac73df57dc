package io.ppio.node.user;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.put.PutSettings;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.TaskRunner;
import java.util.List;
import java.util.Optional;

/// Deletes objects: ends the uploads and contracts of one, then forgets it.
///
/// What is deleted is the object that was there when the client asked, never one that took its key
/// since. Safe for concurrent use.
final class DeleteJob {
  private final ObjectIndex index;
  private final OwnContracts own;
  private final IndexerClient indexer;
  private final TaskRunner runner;
  private final UserLog log;

  DeleteJob(
      ObjectIndex index, OwnContracts own, IndexerClient indexer, TaskRunner runner, UserLog log) {
    this.index = index;
    this.own = own;
    this.indexer = indexer;
    this.runner = runner;
    this.log = log;
  }

  /// Deletes the object of `asked`, whatever has changed about it since.
  Job.Outcome run(IndexEntry asked, Job.Progress progress)
      throws UserFailure, InterruptedException {
    Optional<IndexEntry> entry = same(asked);
    while (entry.isPresent()) {
      List<List<Hash>> contracts = List.of();
      if (!asked.empty()) {
        contracts = endContracts(entry.get(), progress);
      }
      if (index.remove(entry.get(), contracts.size())) {
        return Job.Outcome.done();
      }
      entry = same(asked);
    }
    return Job.Outcome.done();
  }

  private Optional<IndexEntry> same(IndexEntry asked) throws UserFailure {
    IndexEntry now = index.get(asked.bucket(), asked.key());
    boolean same = now.objectId().equals(asked.objectId()) && now.created().equals(asked.created());
    return same ? Optional.of(now) : Optional.empty();
  }

  /// Ends what was ordered for an object, segment by segment.
  private List<List<Hash>> endContracts(IndexEntry entry, Job.Progress progress)
      throws UserFailure, InterruptedException {
    Bytes objectId = entry.objectId().orElseThrow();
    runner.cancelUploads(upload -> PutSettings.of(upload).objectId().equals(objectId));
    List<List<Hash>> contracts = own.contracts(entry);
    int ended = 0;
    progress.total(contracts.size(), contracts.size());
    for (int segment = 0; segment < contracts.size(); segment++) {
      // The last one counts when the object is gone from the index, too.
      progress.finished(segment, segment);
      indexer.terminate(contracts.get(segment));
      ended += contracts.get(segment).size();
    }
    log.objectDeleted(objectId, ended);
    return contracts;
  }
}
