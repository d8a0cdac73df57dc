package io.ppio.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.simulated.SimWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Link identities, the file of a node's own key, and what needs secrets of the environment.
class NodeIdentityTest {
  private static final Path FILE = Path.of("/data/net/peer.key");

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
    assertThrows(IllegalStateException.class, () -> key.sign(io.ppio.crypto.hash.Hash.ZERO));
  }

  @Test
  void makesItsKeyOnceAndFindsItAgain() {
    SimWorld.run(
        1,
        env -> {
          PeerId made = NodeIdentity.loadOrCreate(env, FILE).peerId();
          assertEquals(made, NodeIdentity.loadOrCreate(env, FILE).peerId());
          assertNotEquals(
              made, NodeIdentity.loadOrCreate(env, FILE.resolveSibling("other")).peerId());
          assertFalse(env.disk().restrict(FILE));
        });
  }

  @Test
  void saysWhatIsWrongWithAKeyFile() {
    SimWorld.run(
        2,
        env -> {
          NodeIdentity.loadOrCreate(env, FILE);
          String good = new String(env.disk().readAll(FILE, 1000), StandardCharsets.US_ASCII);
          assertEquals("", problem(env, good));
          assertEquals(FILE + " is no peer key file", problem(env, ""));
          assertEquals(
              FILE + " has version 2, known is 1", problem(env, good.replace("key 1 ", "key 2 ")));
          assertEquals(FILE + " is damaged: length", problem(env, good.substring(0, 50)));
          assertEquals(
              FILE + " is damaged: not hexadecimal",
              problem(env, good.replaceFirst("key 1 .", "key 1 x")));
          char digit = good.charAt(20) == '1' ? '2' : '1';
          assertEquals(
              FILE + " is damaged: checksum",
              problem(env, good.substring(0, 20) + digit + good.substring(21)));
        });
  }

  private static String problem(Env env, String content) throws IOException {
    env.disk().replace(FILE, content.getBytes(StandardCharsets.US_ASCII));
    try {
      NodeIdentity.loadOrCreate(env, FILE);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void writesKeyFilesThatOpen() {
    SimWorld.run(
        3,
        env -> {
          char[] passphrase = "p\u00e4ssw\u00f6rter \ud83d\udd11".toCharArray();
          PrivateKey key = PrivateKey.generate(env);
          byte[] file = Keystore.encode(env, key, passphrase);
          assertTrue(file.length <= 1000);
          assertEquals(key.account(), Keystore.account(file));
          assertEquals(key.account(), Keystore.open(file, passphrase).account());
          assertFalse(Arrays.equals(file, Keystore.encode(env, key, passphrase)));
          String text = new String(file, StandardCharsets.UTF_8);
          assertTrue(text.matches(".*\"id\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\".*"));
          assertTrue(text.contains("\"n\":32768,\"r\":8,\"p\":1"));
        });
  }
}
