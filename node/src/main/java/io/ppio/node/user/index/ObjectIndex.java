package io.ppio.node.user.index;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The objects of one account, by bucket and key.
///
/// Each change is one conditional, synced batch: of two calls that race for one name exactly one
/// wins, and what was answered survives any crash. Safe for concurrent use; nothing is kept in
/// memory.
public final class ObjectIndex {
  private final Store store;
  private final BucketTable buckets;

  /// @param store the user's store; keys as in [IndexKeys]
  public ObjectIndex(Store store) {
    this.store = store;
    this.buckets = new BucketTable(store);
  }

  /// The buckets that the objects are in.
  public BucketTable buckets() {
    return buckets;
  }

  /// The entry of a key; empty if there is none.
  ///
  /// @throws UserFailure with [Code#BUCKET_NOT_EXIST]
  public Optional<IndexEntry> find(String bucket, String key) throws UserFailure {
    buckets.require(bucket);
    return guarded(() -> {
      Optional<Bytes> value = store.get(IndexKeys.object(bucket, key));
      return value.isEmpty() ? Optional.empty() : Optional.of(IndexEntry.decode(value.get()));
    });
  }

  /// The entry of a key that must exist.
  ///
  /// @throws UserFailure with [Code#BUCKET_NOT_EXIST] or [Code#OBJECT_KEY_NOT_EXIST]
  public IndexEntry get(String bucket, String key) throws UserFailure {
    return find(bucket, key).orElseThrow(() -> new UserFailure(Code.OBJECT_KEY_NOT_EXIST));
  }

  /// Adds an entry under a free key, together with whatever `with` holds.
  ///
  /// @param with further changes of the same batch, such as the task that uploads the object
  /// @throws UserFailure with [Code#BUCKET_NOT_EXIST] or [Code#OBJECT_KEY_EXIST]
  public void add(IndexEntry entry, StoreBatch with) throws UserFailure {
    guarded(() -> {
      Bytes number = buckets.number(entry.bucket());
      Bytes key = IndexKeys.object(entry.bucket(), entry.key());
      with.expect(IndexKeys.bucketByName(entry.bucket()), number)
          .expectAbsent(key)
          .put(key, entry.encode());
      if (!store.commit(with, Durability.SYNCED)) {
        throw new UserFailure(
            store.get(key).isPresent() ? Code.OBJECT_KEY_EXIST : Code.BUCKET_NOT_EXIST);
      }
      return entry;
    });
  }

  /// Replaces the entry of a key by `now` if it still is `before`.
  ///
  /// @return whether it was
  public boolean replace(IndexEntry before, IndexEntry now) throws UserFailure {
    return guarded(() -> {
      StoreBatch batch = new StoreBatch();
      Bytes from = IndexKeys.object(before.bucket(), before.key());
      Bytes to = IndexKeys.object(now.bucket(), now.key());
      batch.expect(from, before.encode());
      if (!from.equals(to)) {
        batch
            .expect(IndexKeys.bucketByName(now.bucket()), buckets.number(now.bucket()))
            .expectAbsent(to)
            .delete(from);
      }
      return store.commit(batch.put(to, now.encode()), Durability.SYNCED);
    });
  }

  /// Removes an entry and its stored object if it still is `entry`.
  ///
  /// @param segments segments whose contracts are forgotten too
  /// @return whether it was
  public boolean remove(IndexEntry entry, int segments) throws UserFailure {
    return guarded(() -> {
      Bytes key = IndexKeys.object(entry.bucket(), entry.key());
      StoreBatch batch = new StoreBatch().expect(key, entry.encode()).delete(key);
      if (entry.objectId().isPresent()) {
        Bytes id = entry.objectId().get();
        batch.delete(IndexKeys.storedObject(id));
        for (int segment = 0; segment < segments; segment++) {
          batch.delete(IndexKeys.segment(id, segment));
          batch.delete(IndexKeys.tileRoots(id, segment));
        }
      }
      return store.commit(batch, Durability.SYNCED);
    });
  }

  /// Calls `each` for the entries of a bucket in byte order of their keys until it returns false.
  ///
  /// @param prefix only keys that begin with it
  /// @param after only keys greater than it
  public void scan(String bucket, String prefix, String after, Predicate<IndexEntry> each)
      throws UserFailure {
    buckets.require(bucket);
    byte[] wanted = prefix.getBytes(StandardCharsets.UTF_8);
    guarded(() -> {
      Bytes from = IndexKeys.objectsFrom(bucket, wanted);
      Bytes to = from.afterPrefix();
      Bytes start = after.isEmpty() ? from : IndexKeys.objectsAfter(bucket, after);
      store.scan(
          start.compareTo(from) < 0 ? from : start,
          to,
          (_, value) -> each.test(decodeEntry(value)));
      return bucket;
    });
  }

  /// What an object id stands for.
  public Optional<StoredObject> stored(Bytes objectId) throws UserFailure {
    return guarded(() -> {
      Optional<Bytes> value = store.get(IndexKeys.storedObject(objectId));
      return value.isEmpty() ? Optional.empty() : Optional.of(StoredObject.decode(value.get()));
    });
  }

  /// The contracts of one segment; none known yet gives none.
  public SegmentCopies copies(Bytes objectId, int segment) throws UserFailure {
    return guarded(() -> {
      Optional<Bytes> value = store.get(IndexKeys.segment(objectId, segment));
      return value.isEmpty() ? new SegmentCopies(List.of()) : SegmentCopies.decode(value.get());
    });
  }

  /// Adds to `batch` that `object` is stored so.
  public static void put(StoreBatch batch, StoredObject object) {
    batch.put(IndexKeys.storedObject(object.id()), object.encode());
  }

  /// Adds to `batch` that a segment has these contracts.
  public static void put(StoreBatch batch, Bytes objectId, int segment, SegmentCopies copies) {
    batch.put(IndexKeys.segment(objectId, segment), copies.encode());
  }

  /// Adds to `batch` the tile roots of a segment, against which a reader checks each piece.
  public static void put(StoreBatch batch, Bytes objectId, int segment, List<Hash> tileRoots) {
    FixedWidth fields = new FixedWidth();
    tileRoots.forEach(fields::hash);
    batch.put(IndexKeys.tileRoots(objectId, segment), Bytes.of(fields.toArray()));
  }

  /// The tile roots of a segment; none where they are not known.
  public List<Hash> tileRoots(Bytes objectId, int segment) throws UserFailure {
    return guarded(() -> {
      Bytes value = store.get(IndexKeys.tileRoots(objectId, segment)).orElse(Bytes.EMPTY);
      List<Hash> roots = new ArrayList<>();
      for (int at = 0; at + Hash.SIZE <= value.size(); at += Hash.SIZE) {
        roots.add(new Hash(value.slice(at, at + Hash.SIZE)));
      }
      return List.copyOf(roots);
    });
  }

  /// Records how the contracts of an object stand, as heard from an indexer.
  ///
  /// Not synced: what a crash takes away is asked for again.
  ///
  /// @param segments the contracts of segments that changed
  /// @return the entry as it is now; empty when it was changed or removed meanwhile
  public Optional<IndexEntry> refresh(
      IndexEntry entry, Map<Integer, SegmentCopies> segments, Instant now) throws UserFailure {
    return guarded(() -> {
      Bytes key = IndexKeys.object(entry.bucket(), entry.key());
      IndexEntry refreshed = entry.synchronizedAt(now);
      StoreBatch batch = new StoreBatch().expect(key, entry.encode()).put(key, refreshed.encode());
      Bytes id = entry.objectId().orElseThrow();
      segments.forEach((segment, copies) -> put(batch, id, segment, copies));
      return store.commit(batch, Durability.UNSYNCED) ? Optional.of(refreshed) : Optional.empty();
    });
  }

  /// Records for people what happened with one copy.
  public void note(Bytes objectId, int segment, Hash contract, String note) throws UserFailure {
    SegmentCopies before = copies(objectId, segment);
    SegmentCopies after =
        new SegmentCopies(
            before.copies().stream()
                .map(
                    copy -> copy.contract().equals(contract) ? copy.with(copy.state(), note) : copy)
                .toList());
    guarded(() -> {
      StoreBatch batch = new StoreBatch();
      batch.expect(IndexKeys.segment(objectId, segment), before.encode());
      put(batch, objectId, segment, after);
      return store.commit(batch, Durability.UNSYNCED);
    });
  }

  private static IndexEntry decodeEntry(Bytes value) throws IOException {
    try {
      return IndexEntry.decode(value);
    } catch (MalformedMessage e) {
      throw new IOException("damaged index entry", e);
    }
  }

  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException, MalformedMessage, UserFailure;
  }

  /// The index is the one record of what the user has: a disk that fails under it ends the role.
  static <T> T guarded(Step<T> step) throws UserFailure {
    try {
      return step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("the index cannot be read or written", e);
    } catch (MalformedMessage e) {
      throw new UncheckedIOException(new IOException("the index is damaged", e));
    }
  }
}
