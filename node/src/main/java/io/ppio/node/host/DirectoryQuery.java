package io.ppio.node.host;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;

/// SERVICE_DIRECTORY: which service nodes there are (network specification 1.10).
///
/// Asking is also how a node registers: the bootstrap node keeps the record with which it greeted.
///
/// @param zone 0 for all
/// @param role number of the role asked for
/// @param knownVersion the version the caller has; nothing is sent where it still is the newest
@Sent(from = "anyone", to = "bootstrap", answer = DirectoryAnswer.class)
public record DirectoryQuery(
    @Field(value = 1, absent = "all zones") int zone,
    @Field(value = 2, max = 255, unit = "code of a role") int role,
    @Field(3) long knownVersion) {
  /// The encoded query.
  public Bytes encode() {
    return RecordCodec.bytes(this);
  }

  /// Reads an encoded query.
  public static DirectoryQuery decode(Bytes encoded) throws MalformedMessage {
    return RecordCodec.decode(DirectoryQuery.class, encoded);
  }
}
