package io.ppio.node.user.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.object.WrapMode;
import io.ppio.data.object.WrappedKey;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index on a real store.
class ObjectIndexTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  private final Env env = new RealEnv("index", Path.of("."), new Slf4jLog("index"));
  private final Path folder;
  private Store store;
  private ObjectIndex index;

  ObjectIndexTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.store = env.disk().openStore(folder);
    this.index = new ObjectIndex(store);
  }

  private void reopen() throws IOException {
    store.close();
    store = env.disk().openStore(folder);
    index = new ObjectIndex(store);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static IndexEntry entry(String bucket, String key) {
    return new IndexEntry(
        bucket,
        key,
        Optional.of(Bytes.of(new byte[16])),
        5,
        NOW,
        NOW,
        NOW,
        Optional.of(NOW.plusSeconds(86400)),
        3,
        "100",
        "meta");
  }

  private static Code code(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(UserFailure.class, call).code();
  }

  @Test
  void bucketsAreListedInCreationOrderAcrossRestarts() throws Exception {
    for (String name : List.of("zoo", "abc", "mid")) {
      index.buckets().create(name);
    }
    reopen();
    assertEquals(List.of("zoo", "abc", "mid"), index.buckets().names());
    assertEquals(Code.BUCKET_EXIST, code(() -> index.buckets().create("abc")));
    index.buckets().delete("abc");
    index.buckets().create("abc");
    assertEquals(List.of("zoo", "mid", "abc"), index.buckets().names());
  }

  @Test
  void namesOutsideTheRuleAreRefused() {
    for (String name : List.of("ab", "Abc", "a_b", "-abc", "a".repeat(64), "")) {
      assertEquals(Code.OPTION_ILLEGAL, code(() -> index.buckets().create(name)), name);
    }
  }

  @Test
  void theHundredAndFirstBucketIsRefused() throws Exception {
    for (int i = 0; i < BucketTable.BUCKETS_MAX; i++) {
      index.buckets().create("bucket-" + i);
    }
    assertEquals(Code.BUCKET_EXCEED, code(() -> index.buckets().create("one-more")));
  }

  @Test
  void aBucketWithObjectsStays() throws Exception {
    index.buckets().create("abc");
    index.add(entry("abc", "k"), new StoreBatch());
    assertEquals(Code.BUCKET_NOT_EMPTY, code(() -> index.buckets().delete("abc")));
    assertTrue(index.remove(index.get("abc", "k"), 0));
    index.buckets().delete("abc");
    assertEquals(Code.BUCKET_NOT_EXIST, code(() -> index.buckets().require("abc")));
  }

  @Test
  void aKeyIsTakenOnce() throws Exception {
    index.buckets().create("abc");
    index.add(entry("abc", "k"), new StoreBatch());
    assertEquals(Code.OBJECT_KEY_EXIST, code(() -> index.add(entry("abc", "k"), new StoreBatch())));
    assertEquals(
        Code.BUCKET_NOT_EXIST, code(() -> index.add(entry("nope", "k"), new StoreBatch())));
    assertEquals(entry("abc", "k"), index.get("abc", "k"));
    assertEquals(Code.OBJECT_KEY_NOT_EXIST, code(() -> index.get("abc", "other")));
  }

  @Test
  void movingNeedsAFreeKey() throws Exception {
    index.buckets().create("abc");
    index.buckets().create("def");
    index.add(entry("abc", "k"), new StoreBatch());
    index.add(entry("def", "taken"), new StoreBatch());
    IndexEntry before = index.get("abc", "k");
    assertFalse(index.replace(before, before.renamed("def", "taken", NOW)));
    assertTrue(index.replace(before, before.renamed("def", "free", NOW)));
    assertEquals(Optional.empty(), index.find("abc", "k"));
    assertEquals("meta", index.get("def", "free").metadata());
  }

  @Test
  void keysAreListedInByteOrderWhateverTheyHold() throws Exception {
    index.buckets().create("abc");
    index.buckets().create("abcd");
    index.add(entry("abcd", "stranger"), new StoreBatch());
    Random random = new Random(7);
    List<String> keys =
        new ArrayList<>(List.of("a", "a\u0000", "a\u0000\u0000b", "a\u0001", "\u00ff", "a/b"));
    for (int i = 0; i < 200; i++) {
      StringBuilder key = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        key.appendCodePoint("ab\u0000\u0001/\uffff".codePointAt(random.nextInt(6)));
      }
      if (!keys.contains(key.toString())) {
        keys.add(key.toString());
      }
    }
    for (String key : keys) {
      index.add(entry("abc", key), new StoreBatch());
    }
    keys.sort(Comparator.comparing(key -> Bytes.of(key.getBytes(StandardCharsets.UTF_8))));
    assertEquals(keys, scan("", ""));
    for (String after : keys) {
      assertEquals(
          keys.subList(keys.indexOf(after) + 1, keys.size()), scan("", after), "after " + after);
    }
    assertEquals(
        keys.stream().filter(key -> key.startsWith("a\u0000")).toList(), scan("a\u0000", ""));
  }

  private List<String> scan(String prefix, String after) throws UserFailure {
    List<String> found = new ArrayList<>();
    index.scan("abc", prefix, after, entry -> found.add(entry.key()));
    return found;
  }

  @Test
  void storedFormAndContractsSurviveARoundTrip() throws Exception {
    Bytes id = Bytes.of(new byte[16]);
    StoredObject object =
        new StoredObject(
            id,
            new WrappedKey(WrapMode.USER, Bytes.of(new byte[40])),
            Hash.sha256(new byte[1]),
            1,
            List.of(new StoredObject.Segment(7, Hash.sha256(new byte[2]), Hash.ZERO)));
    SegmentCopies copies =
        new SegmentCopies(
            List.of(
                new SegmentCopies.Copy(
                    Hash.sha256(new byte[3]),
                    1,
                    2,
                    Bytes.of(new byte[33]),
                    "100",
                    NOW,
                    io.ppio.incentive.contract.ContractState.FAILED,
                    "no answer")));
    StoreBatch batch = new StoreBatch();
    ObjectIndex.put(batch, object);
    ObjectIndex.put(batch, id, 0, copies);
    store.commit(batch, Store.Durability.SYNCED);
    assertEquals(Optional.of(object), index.stored(id));
    assertEquals(copies, index.copies(id, 0));
    assertEquals(List.of(), index.copies(id, 1).copies());
  }
}
