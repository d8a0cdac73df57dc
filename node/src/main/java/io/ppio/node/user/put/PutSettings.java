package io.ppio.node.user.put;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.Terms;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.task.TaskRecord;
import java.math.BigInteger;

/// What an upload was accepted with; the path is in its task.
///
/// @param objectId of the [StoredObject] that it fills
/// @param length bytes of the source when it was accepted
/// @param modifiedMillis when the source had changed last by then
/// @param chiprice wei per chi
/// @param beginSeconds when the term begins: the creation second of the object
/// @param expireSeconds when it ends
public record PutSettings(
    Bytes objectId,
    long length,
    long modifiedMillis,
    int copies,
    BigInteger chiprice,
    long beginSeconds,
    long expireSeconds) {
  /// Copies that must be staged before the upload is finished.
  int awaited() {
    return Terms.promised(copies);
  }

  /// The encoded settings.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .bytes(1, objectId)
            .u64(2, length)
            .u64(3, modifiedMillis)
            .u32(4, copies)
            .amount(5, chiprice)
            .u64(6, beginSeconds)
            .u64(7, expireSeconds)
            .toBytes());
  }

  /// What the task of an upload was accepted with.
  public static PutSettings of(TaskRecord upload) {
    try {
      return decode(upload.settings());
    } catch (MalformedMessage e) {
      throw new IllegalStateException("damaged settings of an upload", e);
    }
  }

  private static PutSettings decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    PutSettings settings =
        new PutSettings(
            in.fixedBytes(1, StoredObject.ID_SIZE),
            in.u64(2),
            in.u64(3),
            in.u32(4, 10),
            in.amount(5),
            in.u64(6),
            in.u64(7));
    in.end();
    return settings;
  }
}
