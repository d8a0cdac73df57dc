package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;

/// An order and its place in the batch that its user signed.
public record PathedOrder(SegmentOrder order, OrderPath path) {
  /// Longest encoded form.
  public static final int ENCODED_MAX = SegmentOrder.ENCODED_MAX + OrderPath.ENCODED_MAX + 16;

  /// In canonical protobuf: 1 order bytes, 2 path bytes.
  public byte[] encode() {
    return new CanonicalWriter().bytes(1, order.encode()).bytes(2, path.encode()).toBytes();
  }

  /// Decodes one.
  public static PathedOrder decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(encoded, PathedOrder::read);
  }

  static PathedOrder read(CanonicalReader in) throws MalformedMessage {
    return new PathedOrder(
        in.message(1, SegmentOrder.ENCODED_MAX, SegmentOrder::decode),
        in.message(2, OrderPath.ENCODED_MAX, OrderPath::decode));
  }
}
