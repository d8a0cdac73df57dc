package io.ppio.network.wire;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.peer.NetworkId;
import io.ppio.network.peer.PeerRecord;

/// What both sides say first on a link (network specification 1.6).
///
/// @param protocolMin oldest version spoken; `protocolMax` the newest
/// @param software name and version, at most [#SOFTWARE_MAX] bytes of ASCII
/// @param record the sender's signed record
/// @param observed the address this side sees for the other
/// @param capabilities bits of network specification 1.6
/// @param clockMillis the sender's wall clock
/// @param tunnelIndex which of the tunnels of one pair this is; 0 carries control
/// @param tunnelGroup 8 random bytes, the same for all tunnels of one pair
/// @param inflightMax requests the sender will serve at once for this peer, at least 1
@Sent(from = "the node that dials", to = "the node dialled", answer = Hello.class)
public record Hello(
    @Field(value = 1, size = NetworkId.SIZE, unit = "id of the network") NetworkId network,
    @Field(value = 2, max = Integer.MAX_VALUE) int protocolMin,
    @Field(value = 3, max = Integer.MAX_VALUE) int protocolMax,
    @Field(value = 4, max = Hello.SOFTWARE_MAX) String software,
    @Field(value = 5, max = PeerRecord.ENCODED_MAX) PeerRecord record,
    @Field(6) Endpoint observed,
    @Field(value = 7, unit = "bits") long capabilities,
    @Field(value = 8, unit = "ms") long clockMillis,
    @Field(value = 9, max = Hello.TUNNEL_INDEX_MAX) int tunnelIndex,
    @Field(value = 10, size = Hello.GROUP_SIZE) Bytes tunnelGroup,
    @Field(value = 11, max = Integer.MAX_VALUE, unit = "requests", absent = "refused")
        int inflightMax) {
  /// The version of the protocol that this program speaks.
  public static final int PROTOCOL = 1;

  /// Longest software name in bytes.
  public static final int SOFTWARE_MAX = 64;

  /// Bytes in a tunnel group.
  public static final int GROUP_SIZE = 8;

  /// Highest tunnel index.
  public static final int TUNNEL_INDEX_MAX = 7;

  public Hello {
    Check.range(software.length(), 0, SOFTWARE_MAX, "software");
    Check.size(tunnelGroup, GROUP_SIZE, "tunnel group");
    Check.range(tunnelIndex, 0, TUNNEL_INDEX_MAX, "tunnel index");
    Check.positive(inflightMax, "requests in flight");
  }

  /// Canonical protobuf.
  public Bytes encode() {
    return RecordCodec.bytes(this);
  }

  /// The greeting in `encoded`; fields that a later version added are passed over.
  public static Hello decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    Hello hello = RecordCodec.of(Hello.class).read(in);
    in.skipRest();
    return hello;
  }
}
