package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import java.io.IOException;

/// The miner does not hold a copy any more, or has given it up.
final class CopyGone extends IOException {
  private static final long serialVersionUID = 1;

  CopyGone(Hash contract) {
    super("copy " + contract + " is not held any more");
  }
}
