package io.ppio.node.verifier;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.porep.SealReceipt;
import io.ppio.env.Bytes;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.contract.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// What a verifier said about replicas, on disk before it is said.
///
/// Keys: `P/c/` contract: {hash of the one commitment, own receipt or none, when to forget}; `P/f/`
/// contract ‖ u64 height: {digest of the one finding, digest of the proof, when to forget}. Safe
/// for use by any number of tasks: each record is written only where nothing else was.
final class ReplicaStore {
  private static final Bytes COMMITS = ascii("P/c/");
  private static final Bytes FINDINGS = ascii("P/f/");

  /// Answers are kept for 7 days after a contract ends.
  private static final Duration KEPT = Duration.ofDays(7);

  private static final int MORE_MAX = 512;
  private static final int REMOVED_AT_ONCE = 4096;

  private final Store store;

  ReplicaStore(Store store) {
    this.store = store;
  }

  private static Bytes ascii(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// @param more the receipt, or the digest of the proof
  private record Kept(Hash hash, Bytes more, long untilSeconds) {
    Bytes encode() {
      return Bytes.of(
          new CanonicalWriter().hash(1, hash).bytes(2, more).u64(3, untilSeconds).toBytes());
    }

    static Kept decode(Bytes stored) throws IOException {
      try {
        return CanonicalReader.whole(
            stored.toArray(), in -> new Kept(in.hash(1), in.bytes(2, MORE_MAX), in.u64(3)));
      } catch (MalformedMessage e) {
        throw new IOException("damaged record about a replica", e);
      }
    }
  }

  /// Records a commitment with its receipt; a commitment recorded before keeps the receipt that it
  /// has.
  ///
  /// @return the receipt of the contract; empty when its commitment is another one
  Optional<SignedStatement<SealReceipt>> receipt(
      Hash contract, SignedStatement<SealReceipt> offered, long expireSeconds) throws IOException {
    Bytes key = Bytes.of(new FixedWidth().bytes(COMMITS).hash(contract).toArray());
    Hash commit = offered.body().commitHash();
    Kept made = new Kept(commit, Bytes.of(offered.encode()), until(expireSeconds));
    return store.change(
        Store.Durability.SYNCED,
        () -> {
          Optional<Bytes> stored = store.get(key);
          if (stored.isPresent()) {
            Kept kept = Kept.decode(stored.get());
            if (!kept.hash().equals(commit)) {
              return new Store.Attempted<>(Optional.empty(), Optional.empty());
            }
            if (kept.more().size() > 0) {
              return new Store.Attempted<>(Optional.empty(), Optional.of(decode(kept.more())));
            }
          }
          StoreBatch batch = new StoreBatch().put(key, made.encode());
          stored.ifPresentOrElse(value -> batch.expect(key, value), () -> batch.expectAbsent(key));
          return new Store.Attempted<>(batch, Optional.of(offered));
        });
  }

  private static SignedStatement<SealReceipt> decode(Bytes receipt) throws IOException {
    try {
      return SealReceipt.decode(receipt.toArray());
    } catch (MalformedMessage e) {
      throw new IOException("damaged receipt", e);
    }
  }

  /// Records a commitment that another member gave the receipt for.
  ///
  /// @return false when the contract's commitment is another one
  boolean commit(Hash contract, Hash commit, long expireSeconds) throws IOException {
    Bytes key = Bytes.of(new FixedWidth().bytes(COMMITS).hash(contract).toArray());
    return keep(key, new Kept(commit, Bytes.EMPTY, until(expireSeconds)));
  }

  /// Records the finding about a contract and a height, with the digest of the proof.
  ///
  /// @return false when there is another one
  boolean finding(Hash contract, Finding finding, long expireSeconds) throws IOException {
    Bytes key =
        Bytes.of(new FixedWidth().bytes(FINDINGS).hash(contract).u64(finding.period()).toArray());
    return keep(
        key, new Kept(finding.signedDigest(), finding.answers().bytes(), until(expireSeconds)));
  }

  private boolean keep(Bytes key, Kept made) throws IOException {
    StoreBatch batch = new StoreBatch().expectAbsent(key).put(key, made.encode());
    if (store.commit(batch, Store.Durability.SYNCED)) {
      return true;
    }
    Optional<Bytes> stored = store.get(key);
    return stored.isPresent() && Kept.decode(stored.get()).hash().equals(made.hash());
  }

  private static long until(long expireSeconds) {
    return expireSeconds + KEPT.toSeconds();
  }

  /// Removes what is not needed at `nowSeconds`.
  ///
  /// @return how many records
  int removeExpired(long nowSeconds) throws IOException {
    return removeExpired(COMMITS, nowSeconds) + removeExpired(FINDINGS, nowSeconds);
  }

  private int removeExpired(Bytes prefix, long nowSeconds) throws IOException {
    StoreBatch batch = new StoreBatch();
    int[] removed = {0};
    store.scanPrefix(
        prefix,
        (key, value) -> {
          if (Kept.decode(value).untilSeconds() < nowSeconds) {
            batch.delete(key);
            removed[0]++;
          }
          return removed[0] < REMOVED_AT_ONCE;
        });
    if (removed[0] > 0) {
      store.commit(batch, Store.Durability.UNSYNCED);
    }
    return removed[0];
  }
}
