package io.ppio.env.simulated;

/// Something that happens at a moment of virtual time.
///
/// Events of one moment happen in the order in which they were scheduled. An event can be in the
/// queue once; it may be scheduled again after it happened or was cancelled.
abstract class SimEvent {
  /// Not in a heap.
  static final int NOWHERE = -1;

  /// Virtual time, nanoseconds since the start of the world.
  long timeNanos;

  /// Order among events of one time.
  long sequence;

  /// Place in the [EventHeap], or [#NOWHERE].
  int place = NOWHERE;

  /// Happens, on the world's thread.
  abstract void fire();

  final boolean isBefore(SimEvent other) {
    return timeNanos < other.timeNanos
        || (timeNanos == other.timeNanos && sequence < other.sequence);
  }
}
