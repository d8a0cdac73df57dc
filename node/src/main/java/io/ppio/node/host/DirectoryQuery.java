package io.ppio.node.host;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;

/// SERVICE_DIRECTORY: which service nodes there are (network specification 1.10).
///
/// Asking is also how a node registers: the bootstrap node keeps the record with which it greeted.
///
/// @param zone 0 for all
/// @param role number of the role asked for
/// @param knownVersion the version the caller has; nothing is sent where it still is the newest
public record DirectoryQuery(int zone, int role, long knownVersion) {
  /// The encoded query.
  public Bytes encode() {
    return Bytes.of(new CanonicalWriter().u32(1, zone).u32(2, role).u64(3, knownVersion).toBytes());
  }

  /// Reads an encoded query.
  public static DirectoryQuery decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    DirectoryQuery query = new DirectoryQuery(in.u32(1), in.u32(2, 255), in.u64(3));
    in.end();
    return query;
  }
}
