package io.ppio.crypto.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.env.Bytes;
import org.junit.jupiter.api.Test;

class SignatureAnswerTest {
  private static final Signature SIGNATURE =
      PrivateKey.of(Hash.sha256(new byte[0]).toArray()).sign(Hash.ZERO);

  @Test
  void itIsOneFieldOfSixtyFiveBytes() throws Exception {
    Bytes encoded = new SignatureAnswer(SIGNATURE).encode();
    assertEquals("0a41" + SIGNATURE.bytes().hex(), encoded.hex());
    assertEquals(SIGNATURE, SignatureAnswer.decode(encoded).signature());
  }

  @Test
  void whatIsNotItIsRefused() {
    Bytes encoded = new SignatureAnswer(SIGNATURE).encode();
    for (int size = 0; size < encoded.size(); size++) {
      Bytes cut = encoded.slice(0, size);
      assertThrows(MalformedMessage.class, () -> SignatureAnswer.decode(cut));
    }
    byte[] longer = java.util.Arrays.copyOf(encoded.toArray(), encoded.size() + 1);
    assertThrows(MalformedMessage.class, () -> SignatureAnswer.decode(Bytes.of(longer)));
    byte[] other = encoded.toArray();
    other[0] = 0x12;
    assertThrows(MalformedMessage.class, () -> SignatureAnswer.decode(Bytes.of(other)));
  }
}
