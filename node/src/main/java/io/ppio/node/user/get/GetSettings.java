package io.ppio.node.user.get;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.task.TaskRecord;
import java.math.BigInteger;

/// What a download was accepted with; the target path is in its task.
///
/// @param objectId of the [StoredObject] that is fetched
/// @param length plaintext bytes
/// @param chiprice wei per chi
public record GetSettings(Bytes objectId, long length, BigInteger chiprice) {
  /// The encoded settings.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter().bytes(1, objectId).u64(2, length).amount(3, chiprice).toBytes());
  }

  /// What the task of a download was accepted with.
  static GetSettings of(TaskRecord download) {
    try {
      return decode(download.settings());
    } catch (MalformedMessage e) {
      throw new IllegalStateException("damaged settings of a download", e);
    }
  }

  private static GetSettings decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    GetSettings settings =
        new GetSettings(in.fixedBytes(1, StoredObject.ID_SIZE), in.u64(2), in.amount(3));
    in.end();
    return settings;
  }
}
