package io.ppio.node.user.task;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.node.user.api.UserApi.TaskState;
import java.util.HexFormat;

/// A permanent task as it is stored.
///
/// @param id 16 random bytes; clients see them as a UUID
/// @param createdMillis since 1970; with the id the place in the list
/// @param bucket empty for a download by share code
/// @param path the local file, source or target, absolute
/// @param shownFrom where the bytes come from, as the list shows it
/// @param shownTo where they go, as the list shows it
/// @param settings what the job needs besides, in its own encoding
/// @param total bytes to move; 0 before the job knows
/// @param error empty if none
public record TaskRecord(
    Bytes id,
    Kind kind,
    long createdMillis,
    String bucket,
    String key,
    String path,
    String shownFrom,
    String shownTo,
    Bytes settings,
    TaskState state,
    long total,
    long finished,
    String error) {
  private static final int TEXT_MAX = 8192;
  private static final int SETTINGS_MAX = 1 << 20;

  /// What a permanent task does; the code is stored.
  public enum Kind {
    PUT(1, "Put", "put"),
    GET(2, "Get", "get");

    private final int code;
    private final String type;
    private final String action;

    Kind(int code, String type, String action) {
      this.code = code;
      this.type = type;
      this.action = action;
    }

    /// As the task list names it.
    public String type() {
      return type;
    }

    /// As progress names it.
    public String action() {
      return action;
    }
  }

  /// What a task works on.
  ///
  /// @param path the local file, absolute
  public record Place(String bucket, String key, String path) {}

  /// The shape of a task, for [TaskRunner#fresh].
  public static TaskRecord of(
      Kind kind, Place place, String shownFrom, String shownTo, Bytes settings) {
    return new TaskRecord(
        Bytes.of(new byte[16]),
        kind,
        0,
        place.bucket(),
        place.key(),
        place.path(),
        shownFrom,
        shownTo,
        settings,
        TaskState.PENDING,
        0,
        0,
        "");
  }

  /// The id as a lower-case UUID with hyphens: never a JSON document by itself.
  public String idText() {
    return text(id);
  }

  static String text(Bytes id) {
    String hex = id.hex();
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /// Makes 16 random bytes a version 4 UUID.
  static Bytes uuid(byte[] random) {
    random[6] = (byte) ((random[6] & 0x0f) | 0x40);
    random[8] = (byte) ((random[8] & 0x3f) | 0x80);
    return Bytes.of(random);
  }

  /// The id that `text` spells; empty bytes if it is no UUID.
  static Bytes parse(String text) {
    String hex = text.replace("-", "");
    if (text.length() != 36 || hex.length() != 32) {
      return Bytes.EMPTY;
    }
    try {
      return Bytes.of(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      return Bytes.EMPTY;
    }
  }

  TaskRecord with(TaskState newState, String newError) {
    return new TaskRecord(
        id,
        kind,
        createdMillis,
        bucket,
        key,
        path,
        shownFrom,
        shownTo,
        settings,
        newState,
        total,
        finished,
        newError);
  }

  TaskRecord with(long newTotal, long newFinished) {
    return new TaskRecord(
        id,
        kind,
        createdMillis,
        bucket,
        key,
        path,
        shownFrom,
        shownTo,
        settings,
        state,
        newTotal,
        newFinished,
        error);
  }

  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .bytes(1, id)
            .u32(2, kind.code)
            .u64(3, createdMillis)
            .string(4, bucket)
            .string(5, key)
            .string(6, path)
            .string(7, shownFrom)
            .string(8, shownTo)
            .bytes(9, settings)
            .u32(10, state.code())
            .u64(11, total)
            .u64(12, finished)
            .string(13, error)
            .toBytes());
  }

  static TaskRecord decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    TaskRecord record =
        new TaskRecord(
            in.fixedBytes(1, 16),
            kind(in.u32(2)),
            in.u64(3),
            in.string(4, TEXT_MAX),
            in.string(5, TEXT_MAX),
            in.string(6, TEXT_MAX),
            in.string(7, TEXT_MAX),
            in.string(8, TEXT_MAX),
            in.bytes(9, SETTINGS_MAX),
            state(in.u32(10)),
            in.u64(11),
            in.u64(12),
            in.string(13, TEXT_MAX));
    in.end();
    return record;
  }

  private static Kind kind(int code) throws MalformedMessage {
    for (Kind kind : Kind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new MalformedMessage("unknown kind of task " + code);
  }

  private static TaskState state(int code) throws MalformedMessage {
    for (TaskState state : TaskState.values()) {
      if (state.code() == code) {
        return state;
      }
    }
    throw new MalformedMessage("unknown state of a task " + code);
  }
}
