package io.ppio.network.peer;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A contact with one address (network specification 4.2).
@Form("`key(33) ‖ flags(1, zero) ‖ ip(4 or 16) ‖ port(2)`, the same port for UDP and TCP")
public final class CompactContact {
  /// Longest form, with an IPv6 address.
  public static final int SIZE_MAX = 52;

  private static final int SIZE_V4 = 40;
  private static final int BESIDE_IP = PublicKey.SIZE + 1 + 2;

  private CompactContact() {}

  /// The bytes of `id` at the first endpoint of `contact` that has a port and is no relay's.
  ///
  /// @return empty when there is none
  public static Optional<Bytes> encode(Contact contact) {
    for (Endpoint endpoint : contact.endpoints()) {
      int port = endpoint.tcpPort() != 0 ? endpoint.tcpPort() : endpoint.udpPort();
      if (port != 0 && endpoint.kind() != Endpoint.Kind.RELAY) {
        ByteBuffer out = ByteBuffer.allocate(BESIDE_IP + endpoint.ip().size());
        out.put(contact.id().publicKey().compressed().buffer()).put((byte) 0);
        out.put(endpoint.ip().buffer()).putShort((short) port);
        return Optional.of(Bytes.of(out.array()));
      }
    }
    return Optional.empty();
  }

  /// The contact in `encoded`.
  public static Contact decode(byte[] encoded) throws MalformedMessage {
    if (encoded.length != SIZE_V4 && encoded.length != SIZE_MAX) {
      throw new MalformedMessage("compact contact has a wrong length");
    }
    if (encoded[PublicKey.SIZE] != 0) {
      throw new MalformedMessage("unknown flags in a compact contact");
    }
    Bytes bytes = Bytes.of(encoded);
    PeerId id = PublicKey.decode(bytes.slice(0, PublicKey.SIZE).toArray()).peerId();
    Bytes ip = bytes.slice(PublicKey.SIZE + 1, encoded.length - 2);
    int port = bytes.at(encoded.length - 2) << 8 | bytes.at(encoded.length - 1);
    if (port == 0) {
      throw new MalformedMessage("compact contact without a port");
    }
    Endpoint endpoint =
        new Endpoint(
            Endpoint.Kind.DIRECT_OBSERVED, ip, port, port, 0, Bytes.EMPTY, Optional.empty());
    return new Contact(id, List.of(endpoint));
  }
}
