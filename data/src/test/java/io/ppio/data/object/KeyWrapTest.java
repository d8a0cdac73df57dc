package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.fixtures.Damage;
import io.ppio.data.fixtures.KnownObject;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Case C6 of the data and proofs specification: who needs which key, wrapped and in envelopes.
class KeyWrapTest {
  private final ObjectKey key = KnownObject.key();
  private final KeyWrap user = KeyWrap.user(new byte[32], Bytes.of((byte) 1));
  private final KeyWrap app = KeyWrap.app(new byte[] {7}, Bytes.of((byte) 2));
  private final Bytes ephemeral = Bytes.of(new byte[33]);
  private final Bytes recipient = Bytes.of(new byte[33]);
  private final KeyWrap share = KeyWrap.share(new byte[32], ephemeral, recipient);

  private boolean opens(Optional<ObjectKey> opened) {
    return opened.filter(key::sameAs).isPresent();
  }

  @Test
  void oneKeyOpensWhatWasWrappedForIt() {
    assertTrue(opens(WrappedKey.forUser(key, user).open(user)));
    assertFalse(opens(WrappedKey.forUser(key, user).open(app)));
    assertFalse(opens(WrappedKey.forUser(key, user).open(app, user)));
    assertTrue(opens(WrappedKey.forApp(key, app).open(app)));
    assertFalse(opens(WrappedKey.forApp(key, app).open(user)));
  }

  @Test
  void appAndUserNeedsBothKeysInTheirPlaces() {
    WrappedKey wrapped = WrappedKey.forBoth(key, app, user);
    assertEquals(48, wrapped.wrapped().size());
    assertTrue(opens(wrapped.open(app, user)));
    for (KeyWrap one : List.of(user, app, share)) {
      assertFalse(opens(wrapped.open(one)));
      assertFalse(opens(wrapped.open(one, one)));
    }
    assertFalse(opens(wrapped.open(user, app)));
  }

  @Test
  void anEnvelopeUnderAppAndUserNeedsTheAppToo() throws MalformedMessage {
    Envelope alone = Envelope.of(key, ephemeral, share);
    assertEquals(73, alone.encode().size());
    assertTrue(opens(alone.open(share)));
    assertFalse(opens(alone.open(user)));
    Envelope both = Envelope.withApp(key, ephemeral, share, app);
    assertEquals(81, both.encode().size());
    assertTrue(opens(Envelope.decode(both.encode()).open(share, app)));
    assertFalse(opens(both.open(share)));
    assertFalse(opens(both.open(app)));
    assertFalse(opens(both.open(app, share)));
    assertFalse(opens(both.open(share, user)));
  }

  @Test
  void anEnvelopeIsBoundToItsTwoPublicKeys() {
    byte[] other = new byte[33];
    other[0] = 2;
    Envelope envelope = Envelope.of(key, ephemeral, share);
    assertFalse(opens(envelope.open(KeyWrap.share(new byte[32], Bytes.of(other), recipient))));
    assertFalse(opens(envelope.open(KeyWrap.share(new byte[32], ephemeral, Bytes.of(other)))));
  }

  @Test
  void appAndUserAllowsNeitherPublicAccessNorShareCodes() {
    for (WrapMode mode : WrapMode.values()) {
      boolean bypassed = mode == WrapMode.APP_AND_USER;
      assertTrue(mode.allows(Acl.PRIVATE));
      assertTrue(mode.allows(Acl.GRANTED));
      assertEquals(!bypassed, mode.allows(Acl.PUBLIC));
      assertEquals(!bypassed, mode.allowsShareCode());
      assertEquals(
          !bypassed,
          ShareCode.issue(mode, key, "name", new KnownObject().descriptor()).isPresent());
      assertEquals(Optional.of(mode), WrapMode.of(mode.code()));
    }
    assertEquals(Optional.empty(), WrapMode.of(3));
  }

  @Seeds(50)
  void noDamagedWrapOpens(RandomGenerator random) {
    byte[] wrapped = WrappedKey.forUser(key, user).wrapped().toArray();
    wrapped[random.nextInt(wrapped.length)] ^= (byte) (1 << random.nextInt(8));
    assertFalse(new WrappedKey(WrapMode.USER, Bytes.of(wrapped)).open(user).isPresent());
  }

  @Seeds(50)
  void envelopesAreReadBackAndOnesOfOtherLengthsRefused(RandomGenerator random)
      throws MalformedMessage {
    Envelope envelope = Envelope.of(key, ephemeral, share);
    byte[] encoded = envelope.encode().toArray();
    assertEquals(envelope, Envelope.decode(Bytes.of(encoded)));
    int refused = Damage.refused(encoded, 50, random, bytes -> Envelope.decode(Bytes.of(bytes)));
    assertTrue(refused > 0);
    assertThrows(MalformedMessage.class, () -> Envelope.decode(Bytes.EMPTY));
  }
}
