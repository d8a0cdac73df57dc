package io.ppio.network.peer;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.nio.charset.StandardCharsets;

/// Which network a node belongs to: 8 bytes that follow from its name and genesis (network
/// specification 1.6).
public record NetworkId(Bytes bytes) {
  /// Bytes in a network id.
  public static final int SIZE = 8;

  public NetworkId {
    Check.size(bytes, SIZE, "network id");
  }

  /// The first 8 bytes of SHA-256 over `ppio-net:NAME:GENESIS`, the hash in hexadecimal.
  public static NetworkId of(String networkName, Hash genesis) {
    String text = "ppio-net:" + networkName + ":" + genesis.hex();
    return new NetworkId(Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes().slice(0, SIZE));
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
