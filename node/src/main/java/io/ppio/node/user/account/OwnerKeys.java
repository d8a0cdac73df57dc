package io.ppio.node.user.account;

import io.ppio.data.object.KeyWrap;
import io.ppio.data.object.ObjectKey;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.network.identity.Account;
import io.ppio.network.identity.PrivateKey;
import io.ppio.node.user.UserFailure;
import io.ppio.node.user.UserFailure.Code;

/// The account's key and what it opens. Immutable; never printed.
public final class OwnerKeys {
  private final PrivateKey wallet;
  private final KeyWrap wrap;

  /// @param wallet signs orders and opens object keys
  public OwnerKeys(PrivateKey wallet) {
    this.wallet = wallet;
    byte[] secret = wallet.toArray();
    this.wrap = KeyWrap.user(secret, wallet.account().bytes());
    java.util.Arrays.fill(secret, (byte) 0);
  }

  /// The key that signs for the account.
  public PrivateKey wallet() {
    return wallet;
  }

  /// The account.
  public Account account() {
    return wallet.account();
  }

  /// 32 fresh secret bytes, wrapped: an object key or another that only the account may use.
  public Bytes freshKey(Env env) {
    byte[] key = new byte[ObjectKey.SIZE];
    env.secret(key);
    Bytes wrapped = wrap.wrap(Bytes.of(key));
    java.util.Arrays.fill(key, (byte) 0);
    return wrapped;
  }

  /// The object key in `wrapped`.
  ///
  /// @throws UserFailure when it was wrapped for another account
  public ObjectKey open(Bytes wrapped) throws UserFailure {
    Bytes key =
        wrap.unwrap(wrapped)
            .orElseThrow(() -> new UserFailure(Code.FAIL, "object belongs to another wallet"));
    return new ObjectKey(key.toArray());
  }

  /// The account's address only.
  @Override
  public String toString() {
    return "OwnerKeys of " + wallet.account();
  }
}
