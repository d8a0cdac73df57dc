package io.ppio.check.sim.putget;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.env.Bytes;
import io.ppio.env.Store.Durability;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// No key of a window leaves a key holder before a voucher for it, which the reader has made, is
/// durable there (data and proofs specification 5.2).
///
/// Judged by what goes over the wire and what is on the disk, not by what the role says: a reveal
/// is recognised by its bytes and the signature of the node that sends it.
final class NoKeyBeforeProof extends WatchedInvariant {
  static final String NAME = "no key before proof";

  /// `key` and `lane` as fields 2 and 3, the signature as field 4.
  private static final int KEY_AT = 2;

  private static final int LANE_TAG_AT = KEY_AT + Hash.SIZE;
  private static final int SIGNATURE_TAG_AT = LANE_TAG_AT + 2 + Hash.SIZE;
  private static final int LENGTH = SIGNATURE_TAG_AT + 2 + Signature.SIZE;

  /// A frame with a reveal is smaller; pieces are not searched.
  private static final int FRAME_MAX = 4096;

  /// A window of a lane, by what commits to its key.
  private record Window(Hash lane, Hash keyHash) {}

  private final Set<Bytes> made = new HashSet<>();
  private final Map<Machine, Set<Window>> paid = new HashMap<>();
  private long reveals;

  @Override
  public String name() {
    return NAME;
  }

  /// Keys that were given out.
  long reveals() {
    return reveals;
  }

  /// A reader's store has `value`.
  void readerHas(Bytes value) {
    if (voucher(value).isPresent()) {
      made.add(value);
    }
  }

  /// A key holder's store has `value`.
  void holderHas(Machine holder, Bytes value, Durability durability) {
    if (durability == Durability.SYNCED && made.contains(value)) {
      Voucher voucher = voucher(value).orElseThrow().body();
      paid.computeIfAbsent(holder, _ -> new HashSet<>())
          .add(new Window(voucher.lane().lane(), voucher.window().keyHash()));
    }
  }

  private static Optional<SignedStatement<Voucher>> voucher(Bytes value) {
    if (value.size() < 200 || value.size() > Voucher.ENCODED_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(Voucher.decode(value.toArray()));
    } catch (MalformedMessage _) {
      return Optional.empty(); // most values of a store are something else
    }
  }

  /// A key holder sends `part`.
  void sends(Machine holder, ByteBuffer part) {
    if (part.remaining() > FRAME_MAX) {
      return;
    }
    int end = part.limit() - LENGTH;
    for (int at = part.position(); at <= end; at++) {
      if (part.get(at) == 0x12
          && part.get(at + 1) == Hash.SIZE
          && part.get(at + LANE_TAG_AT) == 0x1a
          && part.get(at + LANE_TAG_AT + 1) == Hash.SIZE
          && part.get(at + SIGNATURE_TAG_AT) == 0x22
          && part.get(at + SIGNATURE_TAG_AT + 1) == Signature.SIZE) {
        judge(holder, part, at);
      }
    }
  }

  private void judge(Machine holder, ByteBuffer part, int at) {
    PublicKey key = holder.peer().orElseThrow().publicKey();
    Optional<Reveal> found =
        reveal(part, at, at + LENGTH, key)
            // The window's number stands before, unless it is 0.
            .or(() -> at < 2 ? Optional.empty() : reveal(part, at - 2, at + LENGTH, key));
    found.ifPresent(reveal -> {
      reveals++;
      Window window = new Window(reveal.lane(), LaneKeys.keyHash(reveal.key()));
      if (!paid.getOrDefault(holder, Set.of()).contains(window)) {
        violate(holder + " gives the key of window " + reveal.window() + " without a voucher");
      }
    });
  }

  private static Optional<Reveal> reveal(ByteBuffer part, int from, int to, PublicKey key) {
    byte[] encoded = new byte[to - from];
    part.get(from, encoded);
    try {
      SignedStatement<Reveal> reveal = Reveal.decode(encoded);
      return reveal.isBy(key) ? Optional.of(reveal.body()) : Optional.empty();
    } catch (MalformedMessage _) {
      return Optional.empty(); // other messages have fields like these
    }
  }
}
