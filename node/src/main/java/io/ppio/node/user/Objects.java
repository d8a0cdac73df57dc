package io.ppio.node.user;

import io.ppio.env.Clock;
import io.ppio.node.user.api.UserApi.ObjectStatus;
import io.ppio.node.user.api.UserApi.ObjectView;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.Names;
import io.ppio.node.user.index.ObjectIndex;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What can be asked of objects that are there: shown, listed, moved. Safe for concurrent use.
final class Objects {
  /// Entries of a list that are in memory at once; the store is free in between.
  private static final int PAGE = 1000;

  private final Clock clock;
  private final ObjectIndex index;
  private final ObjectStates states;
  private final StateSync sync;

  Objects(Clock clock, ObjectIndex index, ObjectStates states, StateSync sync) {
    this.clock = clock;
    this.index = index;
    this.states = states;
    this.sync = sync;
  }

  ObjectView head(String bucket, String key) throws UserFailure {
    return states.view(index.get(bucket, key));
  }

  ObjectStatus status(String bucket, String key) throws UserFailure {
    return states.status(index.get(bucket, key));
  }

  /// @param limit at most so many; 0 is no limit
  void list(String bucket, String prefix, String after, int limit, Consumer<ObjectView> each)
      throws UserFailure {
    String from = after;
    int left = limit == 0 ? Integer.MAX_VALUE : limit;
    boolean more = true;
    while (more) {
      int size = Math.min(left, PAGE);
      List<IndexEntry> page = new ArrayList<>();
      index.scan(
          bucket,
          prefix,
          from,
          entry -> {
            page.add(entry);
            return page.size() < size;
          });
      for (IndexEntry entry : page) {
        each.accept(states.view(entry));
      }
      left -= page.size();
      more = page.size() == size && left > 0;
      from = page.isEmpty() ? from : page.getLast().key();
    }
  }

  /// @param source bucket/key
  void move(String bucket, String key, String source) throws UserFailure {
    int slash = source.indexOf('/');
    if (slash < 1 || slash == source.length() - 1) {
      throw UserFailure.illegalOption("source", "bucket/key");
    }
    Names.checkKey(key);
    index.buckets().require(bucket);
    while (true) {
      IndexEntry before = index.get(source.substring(0, slash), source.substring(slash + 1));
      if (index.find(bucket, key).isPresent()) {
        throw new UserFailure(Code.OBJECT_KEY_EXIST);
      }
      IndexEntry moved = before.renamed(bucket, key, clock.wall().truncatedTo(ChronoUnit.MICROS));
      if (index.replace(before, moved)) {
        sync.watch(bucket, key);
        return;
      }
    }
  }
}
