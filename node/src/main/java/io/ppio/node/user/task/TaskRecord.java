package io.ppio.node.user.task;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import java.util.HexFormat;

/// A permanent task as it is stored.
///
/// @param id 16 random bytes; clients see them as a UUID
/// @param createdMillis since 1970; with the id the place in the list
/// @param settings what the job needs besides, in its own encoding
/// @param total bytes to move; 0 before the job knows
public record TaskRecord(
    Bytes id,
    Kind kind,
    long createdMillis,
    Place place,
    Bytes settings,
    TransferState state,
    long total,
    long finished) {
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

    /// As its progress names it.
    public String action() {
      return action;
    }
  }

  /// What a task works on.
  ///
  /// @param bucket empty for a download by share code
  /// @param path the local file, source or target, absolute
  public record Place(String bucket, String key, String path) {
    /// The object as lists show it.
    private String object() {
      return bucket + "/" + key;
    }
  }

  /// A new task.
  public static TaskRecord of(Env env, Kind kind, Place place, Bytes settings) {
    return new TaskRecord(
        freshId(env),
        kind,
        env.clock().wallMillis(),
        place,
        settings,
        new TransferState.Queued(),
        0,
        0);
  }

  /// A random version 4 UUID.
  static Bytes freshId(Env env) {
    byte[] random = new byte[16];
    env.secret(random);
    random[6] = (byte) ((random[6] & 0x0f) | 0x40);
    random[8] = (byte) ((random[8] & 0x3f) | 0x80);
    return Bytes.of(random);
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

  /// Where the bytes come from, as the list shows it.
  String shownFrom() {
    return kind == Kind.PUT ? place.path() : place.object();
  }

  /// Where they go, as the list shows it.
  String shownTo() {
    return kind == Kind.PUT ? place.object() : place.path();
  }

  TaskRecord with(TransferState newState, long newTotal, long newFinished) {
    return new TaskRecord(
        id, kind, createdMillis, place, settings, newState, newTotal, newFinished);
  }

  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .bytes(1, id)
            .u32(2, kind.code)
            .u64(3, createdMillis)
            .string(4, place.bucket())
            .string(5, place.key())
            .string(6, place.path())
            .bytes(7, settings)
            .u32(8, state.code())
            .string(9, state.error())
            .u64(10, total)
            .u64(11, finished)
            .toBytes());
  }

  static TaskRecord decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    TaskRecord record =
        new TaskRecord(
            in.fixedBytes(1, 16),
            kind(in.u32(2)),
            in.u64(3),
            new Place(in.string(4, TEXT_MAX), in.string(5, TEXT_MAX), in.string(6, TEXT_MAX)),
            in.bytes(7, SETTINGS_MAX),
            TransferState.of(in.u32(8), in.string(9, TEXT_MAX)),
            in.u64(10),
            in.u64(11));
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
}
