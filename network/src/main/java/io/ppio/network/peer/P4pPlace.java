package io.ppio.network.peer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;

/// Where in the world and in whose network a node is: the `P4PPeerInfo` of the PPIO documents.
///
/// All numbers are unsigned and come from the P4P map; 0 is unknown.
public record P4pPlace(int countryId, int ispId, int stateId, int cityId) {
  /// Nothing is known.
  public static final P4pPlace UNKNOWN = new P4pPlace(0, 0, 0, 0);

  /// Longest encoding in bytes.
  public static final int ENCODED_MAX = 24;

  /// Canonical protobuf, fields 1 to 4.
  public byte[] encode() {
    return new CanonicalWriter()
        .u32(1, countryId)
        .u32(2, ispId)
        .u32(3, stateId)
        .u32(4, cityId)
        .toBytes();
  }

  /// The place in `encoded`.
  public static P4pPlace decode(byte[] encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    P4pPlace place = new P4pPlace(in.u32(1), in.u32(2), in.u32(3), in.u32(4));
    in.end();
    return place;
  }
}
