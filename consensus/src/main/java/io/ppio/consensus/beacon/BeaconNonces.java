package io.ppio.consensus.beacon;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import java.util.Arrays;

/// The nonces of one verifier: `TH("ppio/vn/r", key, chain_id, u64 e)`, the key a hash of its
/// private key.
///
/// Derived, not drawn, so that a verifier that restarts between commit and reveal still has its
/// nonce, and can never commit to two.
public final class BeaconNonces {
  private final Hash key;
  private final Hash chainId;

  public BeaconNonces(PrivateKey privateKey, Hash chainId) {
    byte[] secret = privateKey.toArray();
    this.key = Hash.tagged("ppio/vn/key", secret);
    this.chainId = chainId;
    Arrays.fill(secret, (byte) 0);
  }

  Hash at(long epoch) {
    return Hash.tagged("ppio/vn/r", new FixedWidth().hash(key).hash(chainId).u64(epoch));
  }
}
