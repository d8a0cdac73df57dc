package io.ppio.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes to a [Store] that happen together, and what must be so for them to happen.
///
/// Built by one task, then handed over.
public final class StoreBatch {
  /// One change.
  public sealed interface Change {
    record Put(Bytes key, Bytes value) implements Change {}

    record Delete(Bytes key) implements Change {}
  }

  /// The value a key must have (empty: must be absent) when the batch is applied.
  public record Expectation(Bytes key, Optional<Bytes> value) {}

  private final List<Change> changes = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();

  /// Sets `key` to `value`.
  public StoreBatch put(Bytes key, Bytes value) {
    changes.add(new Change.Put(key, value));
    return this;
  }

  /// Removes `key`, present or not.
  public StoreBatch delete(Bytes key) {
    changes.add(new Change.Delete(key));
    return this;
  }

  /// Applies the batch only if `key` has `value`.
  public StoreBatch expect(Bytes key, Bytes value) {
    expectations.add(new Expectation(key, Optional.of(value)));
    return this;
  }

  /// Applies the batch only if `key` is absent.
  public StoreBatch expectAbsent(Bytes key) {
    expectations.add(new Expectation(key, Optional.empty()));
    return this;
  }

  /// The changes in the order in which they were added; of two for one key the later wins.
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /// What must hold.
  public List<Expectation> expectations() {
    return List.copyOf(expectations);
  }

  /// Whether there is nothing to change.
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
