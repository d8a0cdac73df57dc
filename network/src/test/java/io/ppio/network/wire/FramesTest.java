package io.ppio.network.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.fixtures.Codec;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Frames as they are on a stream; conformance item 8 of the network specification.
class FramesTest {
  /// A stream that holds `bytes` and counts what is asked of it at once.
  private static final class Wire implements Frames.Source<EOFException> {
    private final ByteBuffer bytes;
    private int largest;

    Wire(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public boolean fill(ByteBuffer target) throws EOFException {
      largest = Math.max(largest, target.remaining());
      if (!bytes.hasRemaining()) {
        return false;
      }
      if (bytes.remaining() < target.remaining()) {
        throw new EOFException("short");
      }
      target.put(bytes.slice(bytes.position(), target.remaining()));
      bytes.position(bytes.position() + target.limit());
      return true;
    }
  }

  private static Envelope envelope() {
    return Envelope.asking(Envelope.Kind.REQUEST, 3, Method.GET_PIECES, 500, Bytes.of((byte) 7))
        .with(Priority.FILE, 131_072, 9);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Violation violation(byte... bytes) {
    return assertThrows(Violation.class, () -> Frames.read(new Wire(bytes)));
  }

  @Test
  void aRequestHasTheseBytes() throws Exception {
    byte[] frame = bytes(Frames.head(envelope()));
    assertEquals("1408011003181f20f403" + "3002388080084201075009", Bytes.of(frame).hex());
    assertEquals(Optional.of(envelope()), Frames.read(new Wire(frame)));
  }

  @Test
  void anAnswerKeepsStatusDelayAndDetail() throws Exception {
    Envelope answer =
        Envelope.answering(Envelope.Kind.RESPONSE, 3, Status.OVERLOADED, Bytes.EMPTY, "later")
            .withRetryAfter(250);
    byte[] frame = bytes(Frames.head(answer));
    assertEquals("1008021003280c48fa015a056c61746572", Bytes.of(frame).hex());
    assertEquals(Optional.of(answer), Frames.read(new Wire(frame)));
  }

  @Test
  void aBodyOfTheGreatestLengthFits() throws Exception {
    Bytes body = Bytes.of(new byte[Frames.BODY_MAX]);
    String detail = "x".repeat(Envelope.DETAIL_MAX);
    Envelope answer =
        new Envelope(
            Envelope.Kind.RESPONSE,
            -1,
            Method.PROOF,
            0xffff_ffffL,
            Status.INTERNAL,
            Priority.BACKGROUND,
            Frames.PAYLOAD_MAX,
            body,
            0xffff_ffffL,
            -1,
            detail);
    byte[] frame = bytes(Frames.head(answer));
    assertTrue(frame.length <= Frames.ENVELOPE_MAX + 3);
    assertEquals(Optional.of(answer), Frames.read(new Wire(frame)));
  }

  @Test
  void nothingIsTheOrderlyEnd() throws Exception {
    assertEquals(Optional.empty(), Frames.read(new Wire(new byte[0])));
  }

  @Test
  void aLengthOverTheLimitIsRefusedBeforeAnythingIsAllocated() {
    byte[] length65537 = {(byte) 0x81, (byte) 0x80, 0x04};
    Wire wire = new Wire(length65537);
    assertEquals(
        Status.FRAME_TOO_LARGE, assertThrows(Violation.class, () -> Frames.read(wire)).status());
    assertEquals(1, wire.largest);
    byte[] fiveBytes = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x01};
    assertEquals(Status.FRAME_TOO_LARGE, violation(fiveBytes).status());
  }

  @Test
  void aPayloadOverTheLimitIsRefused() {
    byte[] envelope = {8, 8, 2, 16, 1, 56, (byte) 0x81, (byte) 0x80, 0x40};
    assertEquals(Status.FRAME_TOO_LARGE, violation(envelope).status());
  }

  @Test
  void aRequestWithoutDeadlineOrKindIsRefused() {
    assertEquals(Status.PROTOCOL_VIOLATION, violation((byte) 2, (byte) 8, (byte) 1).status());
    assertEquals(Status.PROTOCOL_VIOLATION, violation((byte) 2, (byte) 16, (byte) 1).status());
    assertEquals(Status.PROTOCOL_VIOLATION, violation((byte) 0).status());
  }

  @Seeds(4)
  void damagedFramesAreRefusedAndNeverAskForMoreThanTheLimits(RandomGenerator random)
      throws Exception {
    byte[] whole = bytes(Frames.head(envelope()));
    for (int i = 0; i < 25_000; i++) {
      Wire wire = new Wire(Codec.damage(whole, random));
      try {
        Frames.read(wire);
      } catch (Violation e) {
        assertTrue(e.status() == Status.FRAME_TOO_LARGE || e.status() == Status.PROTOCOL_VIOLATION);
      } catch (EOFException e) {
        assertEquals("short", e.getMessage());
      }
      assertTrue(wire.largest <= Frames.ENVELOPE_MAX);
    }
  }
}
