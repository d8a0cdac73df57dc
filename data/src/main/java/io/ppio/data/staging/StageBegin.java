package io.ppio.data.staging;

/// The answer to who wants to upload.
public sealed interface StageBegin {
  /// The space is reserved.
  ///
  /// @param upload new, or the one that is there already under this id
  record Accepted(Upload upload) implements StageBegin {}

  /// Nothing was reserved.
  record Refused(Reason reason) implements StageBegin {}

  /// Why.
  enum Reason {
    /// The operator allows no more.
    QUOTA,
    /// The disk has no room, although the quota has.
    DISK_FULL,
    /// Too many uploads are unfinished.
    TOO_MANY,
    /// An upload of another size has this id, or one that is just being made or removed, or failed.
    CONFLICT
  }
}
