package io.ppio.node.user.account;

import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.data.object.KeyWrap;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.object.WrappedKey;
import io.ppio.env.Env;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.util.Arrays;

/// The account's key and what it opens. Immutable; never printed.
public final class OwnerKeys {
  private final PrivateKey wallet;
  private final KeyWrap wrap;

  /// @param wallet signs orders and opens object keys
  public OwnerKeys(PrivateKey wallet) {
    this.wallet = wallet;
    byte[] secret = wallet.toArray();
    this.wrap = KeyWrap.user(secret, wallet.account().bytes());
    Arrays.fill(secret, (byte) 0);
  }

  /// The key that signs for the account.
  public PrivateKey wallet() {
    return wallet;
  }

  /// The account.
  public Account account() {
    return wallet.account();
  }

  /// A fresh object key, wrapped for this account alone.
  public WrappedKey freshKey(Env env) {
    byte[] secret = new byte[ObjectKey.SIZE];
    env.secret(secret);
    try (ObjectKey key = new ObjectKey(secret)) {
      return WrappedKey.forUser(key, wrap);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /// The object key in `wrapped`.
  ///
  /// @throws UserFailure when it was wrapped for another account
  public ObjectKey open(WrappedKey wrapped) throws UserFailure {
    return wrapped
        .open(wrap)
        .orElseThrow(() -> new UserFailure(Code.FAIL, "object belongs to another wallet"));
  }

  /// The account's address only.
  @Override
  public String toString() {
    return "OwnerKeys of " + wallet.account();
  }
}
