package io.ppio.check.sim.putget;

/// What was fetched is what was put, whole; and what a finished put has acknowledged can be fetched
/// when all is healed.
final class AcknowledgedIsReadable extends WatchedInvariant {
  static final String NAME = "acknowledged is readable";

  private long fetched;

  @Override
  public String name() {
    return NAME;
  }

  /// Objects that were fetched and compared.
  long fetched() {
    return fetched;
  }

  void fetched(ObjectLife object, byte[] bytes) {
    fetched++;
    if (!object.isContent(bytes)) {
      violate(object + " came back with other bytes, " + bytes.length + " of them");
    }
  }

  void missing(ObjectLife object, String why) {
    violate(object + " cannot be fetched: " + why);
  }
}
