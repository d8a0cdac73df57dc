package io.ppio.network.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NodeIdentityTest {
  private final NodeIdentity alice = new NodeIdentity(IdentityVectorTest.key("a"));
  private final NodeIdentity bob = new NodeIdentity(IdentityVectorTest.key("b"));
  private final byte[] message = "binding".getBytes(StandardCharsets.US_ASCII);

  @Test
  void verifiesWhatAnotherIdentitySigned() {
    byte[] signature = alice.sign(message);
    assertTrue(bob.verify(alice.key(), message, signature));
    assertFalse(bob.verify(bob.key(), message, signature));
    assertFalse(bob.verify(alice.key(), new byte[0], signature));
  }

  @Test
  void verifiesNothingForAMalformedKey() {
    assertFalse(bob.verify(Bytes.EMPTY, message, alice.sign(message)));
    assertFalse(bob.verify(alice.key().slice(1, 37), message, alice.sign(message)));
  }

  @Test
  void hasTheKeyOfItsPeerId() {
    assertEquals("08021221", alice.key().slice(0, 4).hex());
    assertEquals(alice.peerId().linkKey(), alice.key());
    assertEquals(alice.peerId().account(), alice.account());
  }

  @Test
  void neverPrintsAKey() {
    assertEquals("PrivateKey of 03a0434d9e47f3c8…", IdentityVectorTest.key("a").toString());
    PrivateKey key = IdentityVectorTest.key("a");
    key.close();
    key.close();
    assertThrows(IllegalStateException.class, key::toArray);
    assertThrows(IllegalStateException.class, () -> key.sign(io.ppio.data.hash.Hash.ZERO));
  }
}
