package io.ppio.consensus.beacon;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// The final epochs a node knows, on disk.
///
/// Each entry was checked against the genesis when it came: signatures of two thirds of the
/// verifiers, and, where B(e′) is known, the value recomputed. It may have gaps: a node that joins
/// late need not fetch what it never asks about. Used by verifiers and by everyone who derives
/// challenges.
///
/// Keys: `beacon/e/` and u64 e. Safe for use by any number of tasks. Entries are not synced: what a
/// crash loses is fetched again.
public final class BeaconChain {
  /// What became of an entry.
  public enum Outcome {
    /// New here.
    ADDED,
    /// Known already.
    KNOWN,
    /// Not final by the rules, or not what follows from its reveals.
    WRONG
  }

  /// Epochs that a peer's clock may be ahead of ours.
  private static final int AHEAD_MAX = 2;

  /// Final epochs that may lie between the one a statement wants and the one it names.
  private static final int LATER_MAX = 4;

  /// `H/` is the table of what every role keeps; no role has keys of its own in it.
  private static final Bytes PREFIX =
      Bytes.of("H/beacon/e/".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

  /// Bytes of entries in one answer at most, whatever their number.
  private static final int ANSWER_BYTES_MAX = 256 << 10;

  private final BeaconRules rules;
  private final Store store;
  private final Clock clock;
  private final AtomicReference<BeaconTip> tip;
  private final AtomicLong missed = new AtomicLong();
  private final Monitor monitor;
  private final Store.Durability durability;

  /// Opens the chain in `store`, which stays the caller's.
  ///
  /// @param clock what [#await] waits on
  /// @param durability of new entries: synced for verifiers, from whom others hear of them. What a
  ///   copy was sealed with must not be forgotten by all who could judge it.
  /// @throws IOException when the store is damaged or broken
  public BeaconChain(BeaconRules rules, Store store, Clock clock, Store.Durability durability)
      throws IOException {
    this.rules = rules;
    this.store = store;
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.durability = durability;
    this.tip = new AtomicReference<>(new BeaconTip(0, rules.first()));
    visit(
        1,
        entry -> {
          tip.set(new BeaconTip(entry.epoch(), entry.value()));
          return true;
        });
  }

  /// The rules of the network.
  public BeaconRules rules() {
    return rules;
  }

  /// The newest final epoch known here; epoch 0 at first.
  public BeaconTip tip() {
    return Objects.requireNonNull(tip.get(), "set by the constructor");
  }

  /// Reveals that the entries added since the start lack: each is a strike for its verifier.
  public long missed() {
    return missed.get();
  }

  /// Checks `entry` and adds it.
  public Outcome add(FinalBeacon entry) throws IOException {
    if (entry(entry.epoch()).isPresent()) {
      return Outcome.KNOWN;
    }
    if (!rules.isFinal(entry) || !followsFromReveals(entry)) {
      return Outcome.WRONG;
    }
    StoreBatch batch =
        new StoreBatch()
            .expectAbsent(key(entry.epoch()))
            .put(key(entry.epoch()), Bytes.of(entry.encode()));
    if (!store.commit(batch, durability)) {
      return Outcome.KNOWN; // another task was faster
    }
    missed.addAndGet(entry.missing().size());
    BeaconTip added = new BeaconTip(entry.epoch(), entry.value());
    tip.updateAndGet(old -> added.epoch() > old.epoch() ? added : old);
    try (var _ = monitor.hold()) {
      monitor.signalAll();
    }
    return Outcome.ADDED;
  }

  private boolean followsFromReveals(FinalBeacon entry) throws IOException {
    Optional<Hash> previous = value(entry.previous());
    return previous.isEmpty()
        || BeaconRules.value(previous.get(), entry.epoch(), entry.reveals()).equals(entry.value());
  }

  /// `B(epoch)`; empty when that epoch is not known to be final.
  public Optional<Hash> value(long epoch) throws IOException {
    return epoch == 0 ? Optional.of(rules.first()) : entry(epoch).map(FinalBeacon::value);
  }

  /// The entry of `epoch`.
  public Optional<FinalBeacon> entry(long epoch) throws IOException {
    Optional<Bytes> stored = store.get(key(epoch));
    return stored.isPresent() ? Optional.of(decode(stored.get())) : Optional.empty();
  }

  /// The first final epoch known from `epoch` on.
  public Optional<BeaconTip> atOrAfter(long epoch) throws IOException {
    if (epoch <= 0) {
      return Optional.of(new BeaconTip(0, rules.first()));
    }
    List<BeaconTip> found = new ArrayList<>();
    visit(
        epoch,
        entry -> {
          found.add(new BeaconTip(entry.epoch(), entry.value()));
          return false;
        });
    return found.stream().findFirst();
  }

  /// The first final epoch from `epoch` on, waiting for it.
  ///
  /// @return empty when `deadline` passed first
  public Optional<BeaconTip> await(long epoch, Deadline deadline)
      throws IOException, InterruptedException {
    while (true) {
      Optional<BeaconTip> found = atOrAfter(epoch);
      if (found.isPresent()) {
        return found;
      }
      try (var _ = monitor.hold()) {
        if (tip().epoch() < epoch && !monitor.await(deadline)) {
          return Optional.empty();
        }
      }
    }
  }

  /// Whether `epoch` or a later one is final here, waiting for it until `deadline`; at once no for
  /// an epoch that has begun on no clock near ours.
  public boolean reaches(long epoch, Deadline deadline) throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (tip().epoch() < epoch) {
        if (epoch > rules.schedule().epochAt(clock.wall()) + AHEAD_MAX
            || !monitor.await(deadline)) {
          return false;
        }
      }
      return true;
    }
  }

  /// The final epochs that a statement may use which needs one from `wanted` on: the first one and,
  /// because peers learn of epochs at different times, up to [#LATER_MAX] later ones.
  public List<BeaconTip> serving(long wanted) throws IOException {
    List<BeaconTip> serving = new ArrayList<>();
    if (wanted <= 0) {
      serving.add(new BeaconTip(0, rules.first()));
    }
    visit(
        Math.max(1, wanted),
        entry -> {
          serving.add(new BeaconTip(entry.epoch(), entry.value()));
          return serving.size() <= LATER_MAX;
        });
    return List.copyOf(serving);
  }

  /// The epoch `named` if it is one of [#serving].
  public Optional<BeaconTip> serving(long wanted, long named) throws IOException {
    return serving(wanted).stream().filter(epoch -> epoch.epoch() == named).findFirst();
  }

  /// Up to 256 entries and 256 KiB from epoch `from` on: the answer to a query.
  public BeaconMessage.Entries from(long from) throws IOException {
    List<FinalBeacon> entries = new ArrayList<>();
    int[] bytes = {0};
    visit(
        Math.max(1, from),
        entry -> {
          entries.add(entry);
          bytes[0] += entry.encode().length;
          return entries.size() < BeaconMessage.Entries.MAX && bytes[0] < ANSWER_BYTES_MAX;
        });
    return new BeaconMessage.Entries(entries);
  }

  /// Removes the entries before `epoch`, which no statement can name any more.
  public void forgetBefore(long epoch) throws IOException {
    StoreBatch batch = new StoreBatch();
    visit(
        1,
        entry -> {
          boolean old = entry.epoch() < epoch;
          if (old) {
            batch.delete(key(entry.epoch()));
          }
          return old;
        });
    if (!batch.isEmpty()) {
      store.commit(batch, Store.Durability.UNSYNCED);
    }
  }

  @FunctionalInterface
  private interface EntryVisitor {
    boolean see(FinalBeacon entry) throws IOException;
  }

  private void visit(long from, EntryVisitor visitor) throws IOException {
    store.scan(key(from), key(-1L), (_, value) -> visitor.see(decode(value)));
  }

  private FinalBeacon decode(Bytes stored) throws IOException {
    try {
      return FinalBeacon.decode(stored.toArray(), rules.places());
    } catch (MalformedMessage e) {
      throw new IOException("the stored beacon chain is damaged", e);
    }
  }

  private static Bytes key(long epoch) {
    return Bytes.of(new FixedWidth().bytes(PREFIX).u64(epoch).toArray());
  }
}
