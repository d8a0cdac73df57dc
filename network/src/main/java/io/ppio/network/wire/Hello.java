package io.ppio.network.wire;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
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
public record Hello(
    NetworkId network,
    int protocolMin,
    int protocolMax,
    String software,
    PeerRecord record,
    Endpoint observed,
    long capabilities,
    long clockMillis,
    int tunnelIndex,
    Bytes tunnelGroup,
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

  /// Canonical protobuf, fields 1 to 11 in the order of the components.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .bytes(1, network.bytes())
            .u32(2, protocolMin)
            .u32(3, protocolMax)
            .string(4, software)
            .message(5, record.encode())
            .message(6, observed.encode())
            .u64(7, capabilities)
            .u64(8, clockMillis)
            .u32(9, tunnelIndex)
            .bytes(10, tunnelGroup)
            .u32(11, inflightMax)
            .toBytes());
  }

  /// The greeting in `encoded`; fields that a later version added are passed over.
  public static Hello decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    NetworkId network = new NetworkId(in.fixedBytes(1, NetworkId.SIZE));
    int min = in.u32(2, Integer.MAX_VALUE);
    int max = in.u32(3, Integer.MAX_VALUE);
    String software = in.string(4, SOFTWARE_MAX);
    PeerRecord record = in.message(5, PeerRecord.ENCODED_MAX, PeerRecord::decode);
    Endpoint observed = in.message(6, Endpoint.ENCODED_MAX, Endpoint::decode);
    long capabilities = in.u64(7);
    long clock = in.u64(8);
    int index = in.u32(9, TUNNEL_INDEX_MAX);
    Bytes group = in.fixedBytes(10, GROUP_SIZE);
    int inflight = in.u32(11, Integer.MAX_VALUE);
    in.skipRest();
    if (inflight == 0) {
      throw new MalformedMessage("greeting of a peer that serves nothing");
    }
    return new Hello(
        network, min, max, software, record, observed, capabilities, clock, index, group, inflight);
  }
}
