package io.ppio.crypto.identity;

/// A key file that did not open. The file or its user is wrong, not we; messages hold no secret.
public final class KeystoreRefused extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong.
  public enum Reason {
    /// The MAC differs: the passphrase is not the one of this file.
    WRONG_PASSPHRASE,
    /// Not the JSON of a key file, or a field of a wrong form.
    MALFORMED,
    /// A version, cipher or cost that this program does not accept.
    UNSUPPORTED,
    /// It opened, but the key is not that of the address in it.
    WRONG_ADDRESS
  }

  private final Reason reason;

  KeystoreRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// What is wrong.
  public Reason reason() {
    return reason;
  }
}
