package io.ppio.api.system;

import io.ppio.env.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The batches that one traced process has committed to its store, each with the moments at which
/// its log record was written and flushed.
///
/// The bytes come from the log files of RocksDB, which a killed process leaves; the moments from
/// the trace: the sizes of the writes to a log file, added up, say which of them completed a
/// record.
final class StoreTrace {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int BATCH_HEADER = 12;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  /// One change of a batch.
  ///
  /// @param value empty when the key was deleted
  record Change(Bytes key, Optional<Bytes> value) {
    boolean under(int first) {
      return key.size() > 0 && key.at(0) == (byte) first;
    }

    boolean holds(Bytes part) {
      return contains(key, part) || (value.isPresent() && contains(value.get(), part));
    }
  }

  /// One batch.
  ///
  /// @param written microseconds of the wall clock at the begin of the write that completed it
  /// @param durable the same when it was flushed; [Long#MAX_VALUE] if it never was
  record Batch(long written, long durable, List<Change> changes) {}

  private final String name;
  private final List<Batch> batches = new ArrayList<>();

  private StoreTrace(String name) {
    this.name = name;
  }

  /// @param store its folder
  static StoreTrace read(String name, SystemCalls calls, Path store) throws IOException {
    StoreTrace trace = new StoreTrace(name);
    List<Path> logs =
        calls.all(call -> call.writes() && isLog(store, call.file())).stream()
            .map(SystemCalls.Call::file)
            .distinct()
            .toList();
    for (Path log : logs) {
      trace.add(calls, log);
    }
    return trace;
  }

  private static boolean isLog(Path store, Path file) {
    return store.equals(file.getParent()) && file.toString().endsWith(".log");
  }

  private void add(SystemCalls calls, Path log) throws IOException {
    List<SystemCalls.Call> writes = calls.all(call -> call.writes() && call.file().equals(log));
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    int call = 0;
    long covered = writes.isEmpty() ? 0 : writes.getFirst().result();
    while (in.remaining() >= HEADER) {
      int left = BLOCK - in.position() % BLOCK;
      int type = left < HEADER ? 0 : in.get(in.position() + 6);
      if (type == 0) {
        in.position(Math.min(in.limit(), in.position() + left));
        continue;
      }
      int length = Short.toUnsignedInt(in.getShort(in.position() + 4));
      byte[] part = new byte[length];
      in.position(in.position() + HEADER).get(part);
      if (type > LAST) {
        continue;
      }
      if (type == FULL || type == FIRST) {
        whole.reset();
      }
      whole.writeBytes(part);
      while (covered < in.position() && call + 1 < writes.size()) {
        call++;
        covered += writes.get(call).result();
      }
      if (type == FULL || type == LAST) {
        SystemCalls.Call write = writes.get(call);
        batches.add(
            new Batch(
                write.start(), calls.flushed(log, write.end()), changes(whole.toByteArray())));
      }
    }
  }

  private static List<Change> changes(byte[] batch) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(batch).position(BATCH_HEADER);
    List<Change> changes = new ArrayList<>();
    while (in.hasRemaining()) {
      int tag = in.get();
      switch (tag) {
        case 0, 7 -> changes.add(new Change(sized(in), Optional.empty()));
        case 1 -> changes.add(new Change(sized(in), Optional.of(sized(in))));
        default -> throw new IOException("a batch with an entry of kind " + tag);
      }
    }
    return changes;
  }

  private static Bytes sized(ByteBuffer in) {
    int length = 0;
    int shift = 0;
    while (true) {
      int next = in.get();
      length |= (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
      shift += 7;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Bytes.of(bytes);
  }

  private static boolean contains(Bytes whole, Bytes part) {
    byte[] text = whole.toArray();
    byte[] wanted = part.toArray();
    for (int at = 0; at + wanted.length <= text.length; at++) {
      if (java.util.Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  /// The batches with a change that `wanted` takes, in their order.
  List<Batch> all(Predicate<Change> wanted) {
    return batches.stream().filter(batch -> batch.changes().stream().anyMatch(wanted)).toList();
  }

  /// The first of them.
  ///
  /// @throws AssertionError when there is none
  Batch first(String what, Predicate<Change> wanted) {
    return all(wanted).stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no record of " + what));
  }

  /// The last of them.
  ///
  /// @throws AssertionError when there is none
  Batch last(String what, Predicate<Change> wanted) {
    return all(wanted).reversed().stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no record of " + what));
  }
}
