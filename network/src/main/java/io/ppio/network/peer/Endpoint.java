package io.ppio.network.peer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// One address at which a node can be reached (network specification 1.3, field 5).
///
/// @param kind how it is known
/// @param ip 4 or 16 bytes
/// @param udpPort 0 where it has none; so for the other two
/// @param relayPeerId the relay's peer id for [Kind#RELAY], empty otherwise; whether it is one is
///   found out when it is dialled
/// @param voucher the relay's signed promise
public record Endpoint(
    Kind kind,
    Bytes ip,
    int udpPort,
    int tcpPort,
    int httpPort,
    Bytes relayPeerId,
    Optional<Voucher> voucher) {
  /// Longest encoding in bytes.
  public static final int ENCODED_MAX = 192;

  private static final int PORT_MAX = 65535;
  private static final int PEER_ID_SIZE = 39;

  /// How an address is known.
  public enum Kind implements Coded {
    DIRECT_OBSERVED(1),
    DIRECT_LOCAL(2),
    MAPPED(3),
    RELAY(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  /// A relay's promise to take circuits for a peer (network specification 3.4).
  ///
  /// @param expires wall milliseconds
  /// @param signature 64 bytes
  public record Voucher(long expires, Bytes signature) {
    private static final int SIGNATURE_SIZE = 64;
    private static final int ENCODED_MAX = 80;

    public Voucher {
      Check.size(signature, SIGNATURE_SIZE, "voucher signature");
    }

    byte[] encode() {
      return new CanonicalWriter().u64(1, expires).bytes(2, signature).toBytes();
    }

    static Voucher decode(byte[] encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Voucher voucher = new Voucher(in.u64(1), in.fixedBytes(2, SIGNATURE_SIZE));
      in.end();
      return voucher;
    }
  }

  public Endpoint {
    if (ip.size() != 4 && ip.size() != 16) {
      throw new IllegalArgumentException("address of " + ip.size() + " bytes");
    }
    Check.range(udpPort, 0, PORT_MAX, "udp port");
    Check.range(tcpPort, 0, PORT_MAX, "tcp port");
    Check.range(httpPort, 0, PORT_MAX, "http port");
    if (!relayPeerId.isEmpty()) {
      Check.size(relayPeerId, PEER_ID_SIZE, "relay peer id");
    }
  }

  /// The TCP address `address`, as its owner knows it.
  public static Endpoint tcp(Kind kind, InetSocketAddress address) {
    Bytes ip = Bytes.of(address.getAddress().getAddress());
    return new Endpoint(kind, ip, 0, address.getPort(), 0, Bytes.EMPTY, Optional.empty());
  }

  /// The address with the TCP port; empty when it has none.
  public Optional<InetSocketAddress> tcpAddress() {
    return tcpPort == 0
        ? Optional.empty()
        : Optional.of(new InetSocketAddress(inetAddress(), tcpPort));
  }

  /// The address without a port.
  public InetAddress inetAddress() {
    try {
      return InetAddress.getByAddress(ip.toArray());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  /// Whether it means something on the machine or in the local network only.
  public boolean local() {
    InetAddress address = inetAddress();
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || (ip.size() == 16 && (ip.at(0) & 0xfe) == 0xfc);
  }

  /// Canonical protobuf, fields 1 to 7.
  public byte[] encode() {
    CanonicalWriter out =
        new CanonicalWriter()
            .u32(1, kind.code())
            .bytes(2, ip)
            .u32(3, udpPort)
            .u32(4, tcpPort)
            .u32(5, httpPort)
            .bytes(6, relayPeerId);
    voucher.ifPresent(v -> out.message(7, v.encode()));
    return out.toBytes();
  }

  /// The endpoint in `encoded`.
  public static Endpoint decode(byte[] encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    Kind kind = Coded.of(KINDS, in.u32(1));
    Bytes ip = in.bytes(2, 16);
    if (ip.size() != 4 && ip.size() != 16) {
      throw new MalformedMessage("endpoint without an address");
    }
    int udp = in.u32(3, PORT_MAX);
    int tcp = in.u32(4, PORT_MAX);
    int http = in.u32(5, PORT_MAX);
    Bytes relay = in.optionalFixedBytes(6, PEER_ID_SIZE);
    Optional<Voucher> voucher =
        in.has(7)
            ? Optional.of(in.message(7, Voucher.ENCODED_MAX, Voucher::decode))
            : Optional.empty();
    in.end();
    return new Endpoint(kind, ip, udp, tcp, http, relay, voucher);
  }
}
