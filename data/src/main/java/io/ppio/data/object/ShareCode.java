package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;
import java.util.Optional;

/// Everything needed to locate, verify and decrypt one object, as text that can be handed on
/// (interface specification 3.5).
///
/// A bearer secret without expiry: it holds the object key itself. Never in logs, task lists, URLs
/// or error messages; [#toString] tells nothing. Immutable; its key is the caller's to close.
public final class ShareCode {
  /// Characters of the longest text that is read: 10 GiB with erasure coding in the segments of a
  /// test network fit.
  public static final int TEXT_MAX = 1 << 24;

  private final ObjectKey key;
  private final String name;
  private final long length;
  private final List<Hash> chunks;
  private final Optional<Bytes> descriptor;

  ShareCode(
      ObjectKey key, String name, long length, List<Hash> chunks, Optional<Bytes> descriptor) {
    Check.that(!name.isEmpty(), "an object has a name");
    Check.that(!chunks.isEmpty() && length > 0, "an empty object is not shared");
    this.key = key;
    this.name = name;
    this.length = length;
    this.chunks = List.copyOf(chunks);
    this.descriptor = descriptor;
  }

  /// The share code of an object; empty when its wrap mode forbids one.
  ///
  /// @param name the object's key in its bucket, not empty
  /// @param descriptor of the object; the code carries it
  public static Optional<ShareCode> issue(
      WrapMode mode, ObjectKey key, String name, Descriptor descriptor) {
    return mode.allowsShareCode()
        ? Optional.of(
            new ShareCode(
                key,
                name,
                descriptor.length(),
                descriptor.segments().stream().map(Descriptor.Segment::chunkHash).toList(),
                Optional.of(descriptor.encode(key))))
        : Optional.empty();
  }

  /// The share code of an object without a descriptor, in the form that every client knows; empty
  /// when its wrap mode forbids one.
  ///
  /// @param name the object's key in its bucket, not empty
  /// @param length plaintext bytes, at least 1
  /// @param chunks chunk hashes in order, at least one
  public static Optional<ShareCode> plain(
      WrapMode mode, ObjectKey key, String name, long length, List<Hash> chunks) {
    return mode.allowsShareCode()
        ? Optional.of(new ShareCode(key, name, length, chunks, Optional.empty()))
        : Optional.empty();
  }

  /// The share code that `text` spells.
  ///
  /// @param segmentBytes segment size of the network, which the number of chunks must fit
  /// @throws MalformedMessage with a reason to show to the user, which holds nothing of the code
  public static ShareCode parse(String text, int segmentBytes) throws MalformedMessage {
    return ShareCodeText.read(text, segmentBytes);
  }

  /// The text: `poss://` and Base64.
  public String text() {
    return ShareCodeText.write(this);
  }

  /// The object key.
  public ObjectKey key() {
    return key;
  }

  /// The object's key in its owner's bucket.
  public String name() {
    return name;
  }

  /// What clients call the file: the part of the name after its last slash.
  public String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /// Plaintext bytes.
  public long length() {
    return length;
  }

  /// Chunk hashes in order.
  public List<Hash> chunks() {
    return chunks;
  }

  /// The object hash.
  public Hash object() {
    return Identifiers.object(chunks);
  }

  /// The descriptor, if the code carries one.
  ///
  /// @throws MalformedMessage when it is not one of this key, or describes another object
  public Optional<Descriptor> descriptor() throws MalformedMessage {
    if (descriptor.isEmpty()) {
      return Optional.empty();
    }
    Descriptor decoded = Descriptor.decode(descriptor.get(), key);
    List<Hash> described = decoded.segments().stream().map(Descriptor.Segment::chunkHash).toList();
    if (decoded.length() != length || !described.equals(chunks)) {
      throw new MalformedMessage("descriptor of another object");
    }
    return Optional.of(decoded);
  }

  /// The descriptor as it was read or made, for writing it again.
  Optional<Bytes> descriptorBytes() {
    return descriptor;
  }

  @Override
  public String toString() {
    return "ShareCode";
  }
}
