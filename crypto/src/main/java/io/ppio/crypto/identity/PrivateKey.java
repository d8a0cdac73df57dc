package io.ppio.crypto.identity;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Env;
import java.util.Arrays;

/// A secp256k1 private key: 32 bytes that never reach a log.
///
/// Cleared by [#close], after which every use fails. Signing is safe for concurrent use; closing is
/// for the owner, when nobody signs any more.
public final class PrivateKey implements AutoCloseable {
  private final byte[] secret;
  private final PublicKey publicKey;
  private volatile boolean closed;

  private PrivateKey(byte[] secret) {
    this.secret = secret;
    this.publicKey = new PublicKey(Bytes.of(Secp256k1.get().publicKey(secret)));
  }

  /// The key with these 32 big-endian bytes, which are copied.
  ///
  /// @throws IllegalArgumentException unless 1 <= d < n; see [#isValid]
  public static PrivateKey of(byte[] secret) {
    if (!isValid(secret)) {
      throw new IllegalArgumentException("no private key of secp256k1");
    }
    return new PrivateKey(secret.clone());
  }

  /// Whether these are 32 bytes of an integer d with 1 <= d < n.
  public static boolean isValid(byte[] secret) {
    return secret.length == Secp256k1.SCALAR_SIZE && Scalars.inRange(Scalars.read(secret, 0));
  }

  /// A new key from `env`'s secrets.
  public static PrivateKey generate(Env env) {
    byte[] secret = new byte[Secp256k1.SCALAR_SIZE];
    do {
      env.secret(secret);
    } while (!isValid(secret));
    return new PrivateKey(secret);
  }

  /// The public key.
  public PublicKey publicKey() {
    return publicKey;
  }

  /// The account that this key controls.
  public Account account() {
    return publicKey.account();
  }

  /// The peer id of a node with this key.
  public PeerId peerId() {
    return publicKey.peerId();
  }

  /// The 65-byte signature over `digest`: RFC 6979 nonce, low `s`, recovery id.
  public Signature sign(Hash digest) {
    return Signature.of(signRaw(digest), digest, publicKey);
  }

  /// The signature over `digest` in DER, for TLS bindings.
  public byte[] signDer(Hash digest) {
    return DerSignature.encode(signRaw(digest));
  }

  private byte[] signRaw(Hash digest) {
    requireOpen();
    return Secp256k1.get().sign(digest.toArray(), secret);
  }

  /// A copy of the 32 bytes; the caller clears it.
  public byte[] toArray() {
    requireOpen();
    return secret.clone();
  }

  private void requireOpen() {
    Check.that(!closed, "private key was cleared");
  }

  /// Clears the key. Idempotent.
  @Override
  public void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  /// Names the account, never the key.
  @Override
  public String toString() {
    return "PrivateKey of " + publicKey;
  }
}
