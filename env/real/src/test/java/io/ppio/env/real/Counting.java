package io.ppio.env.real;

import io.ppio.env.Bytes;
import io.ppio.env.LinkIdentity;
import java.util.concurrent.atomic.AtomicInteger;

/// Alice, counting the identities she has checked.
final class Counting implements LinkIdentity {
  private final AtomicInteger verified = new AtomicInteger();

  int verified() {
    return verified.get();
  }

  @Override
  public Bytes key() {
    return LoopbackLink.ALICE.key();
  }

  @Override
  public byte[] sign(byte[] message) {
    return LoopbackLink.ALICE.sign(message);
  }

  @Override
  public boolean verify(Bytes key, byte[] message, byte[] signature) {
    verified.incrementAndGet();
    return LoopbackLink.ALICE.verify(key, message, signature);
  }
}
