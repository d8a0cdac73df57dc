package io.ppio.node.user;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.StoreBatch;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserApi.GetRequest;
import io.ppio.node.user.api.UserApi.PutRequest;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.get.GetSettings;
import io.ppio.node.user.get.PartFile;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.Names;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.PutSettings;
import io.ppio.node.user.task.TaskRecord;
import io.ppio.node.user.task.TaskRunner;
import io.ppio.node.user.task.TaskStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Accepts uploads and downloads: what is accepted is durable, and goes on after a restart. Safe
/// for concurrent use.
final class Transfers {
  /// How objects are sealed: the profile that needs no trusted hardware and is served everywhere.
  private static final int SEAL_PROFILE = SealProfile.FAST.code();

  private final Env env;
  private final OwnerKeys owner;
  private final ObjectIndex index;
  private final PutRules rules;
  private final TaskRunner runner;

  Transfers(Env env, OwnerKeys owner, ObjectIndex index, PutRules rules, TaskRunner runner) {
    this.env = env;
    this.owner = owner;
    this.index = index;
    this.rules = rules;
    this.runner = runner;
  }

  /// @return the task; empty for an empty object
  Optional<String> put(PutRequest request) throws UserFailure {
    Names.checkBucket(request.bucket());
    index.buckets().require(request.bucket());
    Names.checkKey(request.key());
    Names.checkMetadata(request.metadata());
    Instant now = env.clock().wall().truncatedTo(ChronoUnit.MICROS);
    if (request.body().isEmpty()) {
      index.add(entry(request, now, Optional.empty()), new StoreBatch());
      return Optional.empty();
    }
    return Optional.of(upload(request, request.body().get(), now));
  }

  private String upload(PutRequest request, Path source, Instant now) throws UserFailure {
    Source found = source(source);
    rules.checkSize(found.length());
    int copies = rules.copies(request.copies());
    rules.checkEncrypt(request.encrypt());
    Instant expires = rules.expires(request.expires(), now);
    PutSettings settings =
        new PutSettings(
            random(StoredObject.ID_SIZE),
            found.length(),
            found.modifiedMillis(),
            copies,
            PutRules.chiprice(request.chiprice()),
            now.getEpochSecond(),
            expires.getEpochSecond());
    TaskRecord task =
        TaskRecord.of(
            env,
            TaskRecord.Kind.PUT,
            new TaskRecord.Place(request.bucket(), request.key(), source.toString()),
            settings.encode());
    StoreBatch batch = TaskStore.put(new StoreBatch(), task);
    ObjectIndex.put(
        batch,
        new StoredObject(
            settings.objectId(),
            owner.freshKey(env),
            new Hash(random(Hash.SIZE)),
            SEAL_PROFILE,
            List.of()));
    index.add(entry(request, now, Optional.of(new Stored(settings, expires))), batch);
    new UserLog(env.log())
        .objectAccepted(settings.objectId(), settings.length(), settings.copies());
    runner.accept(task);
    return task.idText();
  }

  /// The parts of an index entry that empty objects lack.
  private record Stored(PutSettings settings, Instant expires) {}

  private static IndexEntry entry(PutRequest request, Instant now, Optional<Stored> stored) {
    return new IndexEntry(
        request.bucket(),
        request.key(),
        stored.map(each -> each.settings().objectId()),
        stored.map(each -> each.settings().length()).orElse(0L),
        now,
        now,
        now,
        stored.map(Stored::expires),
        stored.map(each -> each.settings().copies()).orElse(0),
        stored.map(each -> each.settings().chiprice().toString()).orElse(""),
        request.metadata());
  }

  /// What a local file is like.
  private record Source(long length, long modifiedMillis) {}

  private Source source(Path path) throws UserFailure {
    try (DiskFile file = env.disk().open(path, Disk.Mode.READ)) {
      return new Source(file.size(), env.disk().modifiedMillis(path));
    } catch (IOException e) {
      throw UserFailure.illegalOption("body", "cannot be read: " + e.getMessage());
    }
  }

  private Bytes random(int size) {
    byte[] bytes = new byte[size];
    env.secret(bytes);
    return Bytes.of(bytes);
  }

  /// @return the task
  String get(GetRequest request) throws UserFailure {
    if (request.bucket().isEmpty() && request.key().isEmpty()) {
      throw UserFailure.illegalOption(
          "sharecode",
          request.shareCode().isEmpty() ? "required" : "share codes are not served yet");
    }
    IndexEntry entry = index.get(request.bucket(), request.key());
    Bytes objectId = entry.objectId().orElseThrow(() -> new UserFailure(Code.OBJECT_NOT_FOUND));
    GetSettings settings =
        new GetSettings(objectId, entry.length(), PutRules.chiprice(request.chiprice()));
    TaskRecord task =
        TaskRecord.of(
            env,
            TaskRecord.Kind.GET,
            new TaskRecord.Place(request.bucket(), request.key(), request.outfile().toString()),
            settings.encode());
    runner.store(task);
    runner.accept(task);
    return task.idText();
  }

  /// Removes a task, and what a download has written so far.
  void delete(String task) throws UserFailure {
    Optional<TaskRecord> deleted = runner.delete(task);
    if (deleted.filter(each -> each.kind() == TaskRecord.Kind.GET).isPresent()) {
      try {
        env.disk().delete(PartFile.path(Path.of(deleted.get().place().path()), task));
      } catch (IOException e) {
        throw new UserFailure(Code.FAIL, "the part of the download stays: " + e.getMessage());
      }
    }
  }
}
