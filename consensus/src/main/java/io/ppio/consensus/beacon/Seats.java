package io.ppio.consensus.beacon;

import io.ppio.crypto.hash.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One hash for each verifier of genesis in peer-id order; [Hash#ZERO] where there is none.
public record Seats(List<Hash> hashes) {
  public Seats {
    hashes = List.copyOf(hashes);
  }

  /// `count` empty seats.
  public static Seats empty(int count) {
    return new Seats(Collections.nCopies(count, Hash.ZERO));
  }

  /// Whether `place` has a hash.
  public boolean has(int place) {
    return !at(place).equals(Hash.ZERO);
  }

  /// The hash of `place`.
  public Hash at(int place) {
    return hashes.get(place);
  }

  /// The same with `hash` at `place`.
  public Seats with(int place, Hash hash) {
    List<Hash> changed = new ArrayList<>(hashes);
    changed.set(place, hash);
    return new Seats(changed);
  }

  /// Whether each hash here is there too; `other` may have more.
  public boolean isWithin(Seats other) {
    for (int place = 0; place < hashes.size(); place++) {
      if (has(place) && !at(place).equals(other.at(place))) {
        return false;
      }
    }
    return true;
  }

  /// Number of seats.
  public int size() {
    return hashes.size();
  }
}
