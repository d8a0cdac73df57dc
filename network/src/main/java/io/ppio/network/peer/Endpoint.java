package io.ppio.network.peer;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.message.Field;
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
    @Field(1) Kind kind,
    @Field(value = 2, max = 16, unit = "4 or 16 bytes", absent = "refused") Bytes ip,
    @Field(value = 3, max = Endpoint.PORT_MAX, absent = "none") int udpPort,
    @Field(value = 4, max = Endpoint.PORT_MAX, absent = "none") int tcpPort,
    @Field(value = 5, max = Endpoint.PORT_MAX, absent = "none") int httpPort,
    @Field(value = 6, size = PeerId.SIZE, optional = true, unit = "PeerId") Bytes relayPeerId,
    @Field(7) Optional<Voucher> voucher) {
  static final int PORT_MAX = 65535;

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

  /// A relay's promise to take circuits for a peer (network specification 3.4).
  ///
  /// @param expires wall milliseconds
  /// @param signature 64 bytes
  public record Voucher(
      @Field(value = 1, unit = "ms") long expires,
      @Field(value = 2, size = Voucher.SIGNATURE_SIZE) Bytes signature) {
    static final int SIGNATURE_SIZE = 64;

    public Voucher {
      Check.size(signature, SIGNATURE_SIZE, "voucher signature");
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
      Check.size(relayPeerId, PeerId.SIZE, "relay peer id");
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
}
