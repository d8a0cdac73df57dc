package io.ppio.node.user.index;

import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The buckets of one account.
///
/// Each change is one conditional, synced batch: of two calls that race for one name exactly one
/// wins. Safe for concurrent use; nothing is kept in memory.
public final class BucketTable {
  /// Buckets an account may have.
  static final int BUCKETS_MAX = 100;

  private static final Bytes BUCKETS = Bytes.of((byte) 'b');

  private final Store store;

  /// @param store the user's store; keys as in [IndexKeys]
  public BucketTable(Store store) {
    this.store = store;
  }

  /// Makes a bucket.
  public void create(String bucket) throws UserFailure {
    Names.checkBucket(bucket);
    ObjectIndex.guarded(() ->
        store.change(
            Durability.SYNCED,
            () -> {
              if (store.get(IndexKeys.bucketByName(bucket)).isPresent()) {
                throw new UserFailure(Code.BUCKET_EXIST);
              }
              List<Long> numbers = numbers();
              if (numbers.size() >= BUCKETS_MAX) {
                throw new UserFailure(Code.BUCKET_EXCEED);
              }
              long number = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
              // Two creations at once take the same number; the expectation lets one of them try
              // again.
              StoreBatch batch =
                  new StoreBatch()
                      .expectAbsent(IndexKeys.bucketByName(bucket))
                      .expectAbsent(IndexKeys.bucketByNumber(number))
                      .put(IndexKeys.bucketByNumber(number), text(bucket))
                      .put(IndexKeys.bucketByName(bucket), value(number));
              return new Store.Attempted<>(batch, bucket);
            }));
  }

  /// Removes an empty bucket.
  public void delete(String bucket) throws UserFailure {
    ObjectIndex.guarded(() -> {
      Bytes number = number(bucket);
      Bytes from = IndexKeys.objectsFrom(bucket, new byte[0]);
      List<Bytes> found = new ArrayList<>();
      store.scanPrefix(
          from,
          (key, _) -> {
            found.add(key);
            return false;
          });
      if (!found.isEmpty()) {
        throw new UserFailure(Code.BUCKET_NOT_EMPTY);
      }
      Bytes byNumber = IndexKeys.bucketByNumber(ByteBuffer.wrap(number.toArray()).getLong());
      StoreBatch batch =
          new StoreBatch()
              .expect(IndexKeys.bucketByName(bucket), number)
              .delete(IndexKeys.bucketByName(bucket))
              .delete(byNumber);
      if (!store.commit(batch, Durability.SYNCED)) {
        throw new UserFailure(Code.BUCKET_NOT_EXIST);
      }
      return bucket;
    });
  }

  /// Names in creation order.
  public List<String> names() throws UserFailure {
    return ObjectIndex.guarded(() -> {
      List<String> names = new ArrayList<>();
      store.scanPrefix(
          BUCKETS, (_, value) -> names.add(new String(value.toArray(), StandardCharsets.UTF_8)));
      return List.copyOf(names);
    });
  }

  /// Fails unless the bucket exists.
  public void require(String bucket) throws UserFailure {
    ObjectIndex.guarded(() -> number(bucket));
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    store.scanPrefix(
        BUCKETS, (key, _) -> numbers.add(ByteBuffer.wrap(key.toArray(), 1, 8).getLong()));
    return numbers;
  }

  /// The number of a bucket that must exist.
  Bytes number(String bucket) throws IOException, UserFailure {
    return store
        .get(IndexKeys.bucketByName(bucket))
        .orElseThrow(() -> new UserFailure(Code.BUCKET_NOT_EXIST));
  }

  private static Bytes text(String value) {
    return Bytes.of(value.getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes value(long number) {
    return Bytes.of(ByteBuffer.allocate(8).putLong(number).array());
  }
}
