package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ppio.data.fixtures.KnownObject;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.fixtures.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Case C6 of the data and proofs specification, as far as owners wrap for themselves.
class KeyWrapTest {
  private final ObjectKey key = KnownObject.key();
  private final KeyWrap user = KeyWrap.user(new byte[32], Bytes.of((byte) 1));

  @Test
  void onlyTheKeyThatWrappedOpens() {
    WrappedKey wrapped = WrappedKey.forUser(key, user);
    assertArrayEquals(key.toArray(), wrapped.open(user).orElseThrow().toArray());
    assertFalse(wrapped.open(KeyWrap.user(new byte[32], Bytes.of((byte) 2))).isPresent());
  }

  @Seeds(50)
  void noDamagedWrapOpens(RandomGenerator random) {
    byte[] wrapped = WrappedKey.forUser(key, user).wrapped().toArray();
    wrapped[random.nextInt(wrapped.length)] ^= (byte) (1 << random.nextInt(8));
    assertFalse(new WrappedKey(WrapMode.USER, Bytes.of(wrapped)).open(user).isPresent());
  }
}
