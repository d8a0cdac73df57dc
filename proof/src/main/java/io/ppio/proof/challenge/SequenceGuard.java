package io.ppio.proof.challenge;

import io.ppio.data.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.HashMap;
import java.util.Map;

/// Drops statements that were seen before: per signer and subject only a higher sequence number
/// counts, a settled subject takes no more, and what is older than the window of heights is not
/// looked at (data and proofs specification 5.0).
///
/// What it remembers is bounded: heights leave it at [#forget], and beyond `capacity` subjects it
/// refuses new ones rather than forget one whose replay would then pass. Owned by one task.
public final class SequenceGuard {
  private record Key(Bytes signer, Hash subject) {}

  private record Last(long sequence, long height) {}

  private final int capacity;
  private final Map<Key, Last> last = new HashMap<>();
  private final Map<Hash, Long> settled = new HashMap<>();
  private long oldestHeight;

  /// @param capacity subjects, and settled subjects, that are remembered at most
  public SequenceGuard(int capacity) {
    this.capacity = Check.positive(capacity, "capacity");
  }

  /// What a statement says about itself.
  ///
  /// @param signer the public key that signed, already checked
  /// @param height that the statement names
  public record Mark(Bytes signer, Hash subject, long height, long sequence) {}

  /// Whether the statement is new; it is then remembered.
  public boolean accept(Mark mark) {
    Key key = new Key(mark.signer(), mark.subject());
    Last before = last.get(key);
    boolean stale =
        mark.height() < oldestHeight
            || settled.containsKey(mark.subject())
            || (before != null && mark.sequence() <= before.sequence());
    if (stale || (before == null && last.size() == capacity)) {
      return false;
    }
    last.put(key, new Last(mark.sequence(), mark.height()));
    return true;
  }

  /// Ends `subject`: no statement about it is accepted until `height` has left the window.
  ///
  /// @return false when as many subjects are settled as can be remembered
  public boolean settle(Hash subject, long height) {
    if (settled.size() == capacity && !settled.containsKey(subject)) {
      return false;
    }
    settled.merge(subject, height, Math::max);
    last.keySet().removeIf(key -> key.subject().equals(subject));
    return true;
  }

  /// Moves the window: heights below `oldest` are refused from now on, so what was seen of them
  /// need not be remembered.
  public void forget(long oldest) {
    oldestHeight = Math.max(oldestHeight, oldest);
    last.values().removeIf(seen -> seen.height() < oldestHeight);
    settled.values().removeIf(height -> height < oldestHeight);
  }
}
