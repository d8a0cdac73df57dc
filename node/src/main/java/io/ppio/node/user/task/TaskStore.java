package io.ppio.node.user.task;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.node.user.index.IndexKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The durable task list. A disk that fails under it ends the role. Safe for concurrent use.
public final class TaskStore {
  private static final Bytes TASKS = Bytes.of((byte) 't');

  private final Store store;

  /// @param store the user's store; keys as in [IndexKeys]
  TaskStore(Store store) {
    this.store = store;
  }

  /// All tasks, oldest first.
  List<TaskRecord> all() throws IOException {
    List<TaskRecord> records = new ArrayList<>();
    store.scanPrefix(
        TASKS,
        (_, value) -> {
          try {
            return records.add(TaskRecord.decode(value));
          } catch (MalformedMessage e) {
            throw new IOException("damaged task record", e);
          }
        });
    return records;
  }

  /// Adds to `batch` that `record` is a task.
  public static StoreBatch put(StoreBatch batch, TaskRecord record) {
    return batch.put(IndexKeys.task(record.createdMillis(), record.id()), record.encode());
  }

  /// Stores a task together with `with`. That a job runs need not survive a crash: a waiting one
  /// rests after the next start just the same.
  void save(StoreBatch with, TaskRecord record) {
    commit(
        put(with, record),
        record.state() instanceof TransferState.Running ? Durability.UNSYNCED : Durability.SYNCED);
  }

  /// Removes a task with its progress.
  void forget(TaskRecord record) {
    StoreBatch batch = new StoreBatch().delete(IndexKeys.task(record.createdMillis(), record.id()));
    try {
      store.scanPrefix(
          IndexKeys.progress(record.id(), Bytes.EMPTY),
          (key, _) -> {
            batch.delete(key);
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the task list cannot be read", e);
    }
    commit(batch, Durability.SYNCED);
  }

  private void commit(StoreBatch batch, Durability durability) {
    try {
      store.commit(batch, durability);
    } catch (IOException e) {
      throw new UncheckedIOException("the task list cannot be written", e);
    }
  }
}
