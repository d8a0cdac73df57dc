package io.ppio.api.daemon;

import io.ppio.api.config.FileFault;
import io.ppio.api.config.PossConfig;
import io.ppio.crypto.identity.Keystore;
import io.ppio.crypto.identity.KeystoreRefused;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The data directory of a user node (interface specification 5.4). Owned by the starting task.
public final class DataFolder {
  private static final int KEYSTORE_MAX = 64 << 10;

  private final Env env;
  private final Path folder;

  public DataFolder(Env env, Path folder) {
    this.env = env;
    this.folder = folder.toAbsolutePath().normalize();
  }

  /// The folder itself, absolute.
  public Path path() {
    return folder;
  }

  /// Where the configuration is.
  public Path configFile() {
    return folder.resolve("poss.conf");
  }

  /// Where the wallet's key is.
  public Path keystoreFile() {
    return folder.resolve("wallet").resolve("keystore.dat");
  }

  /// Makes the folders.
  ///
  /// @throws StartFailure when something else is in the way or the disk refuses
  public void create() throws StartFailure {
    try {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new StartFailure(folder + " is not a directory");
      }
      for (String name : new String[] {"wallet", "storage", "index", "tasks", "net"}) {
        env.disk().createFolders(folder.resolve(name));
      }
      env.disk().restrict(folder);
    } catch (IOException e) {
      throw new StartFailure("cannot make " + folder + ": " + FileFault.reason(e));
    }
  }

  /// Reads the configuration.
  ///
  /// @param other read this file instead of the folder's own
  /// @throws StartFailure when the file is damaged; without a file the defaults hold
  public PossConfig config(Optional<Path> other) throws StartFailure {
    Path file = other.orElse(configFile());
    try {
      if (!Files.exists(file)) {
        if (other.isPresent()) {
          throw new StartFailure(file + " does not exist");
        }
        return PossConfig.empty();
      }
      return PossConfig.parse(env.disk().readAll(file.toAbsolutePath(), PossConfig.SIZE_MAX));
    } catch (IOException e) {
      throw new StartFailure("cannot read " + file + ": " + FileFault.reason(e));
    }
  }

  /// Replaces the folder's configuration atomically.
  public void write(PossConfig config) throws StartFailure {
    try {
      env.disk().replace(configFile(), config.toBytes());
    } catch (IOException e) {
      throw new StartFailure("cannot write " + configFile() + ": " + FileFault.reason(e));
    }
  }

  /// Reads a keystore that is to become the folder's; nothing is written.
  ///
  /// @param passphrase must open it where one is given
  /// @return its text
  public Bytes readKeystore(Path source, Optional<String> passphrase) throws StartFailure {
    try {
      byte[] content = env.disk().readAll(source.toAbsolutePath(), KEYSTORE_MAX);
      if (passphrase.isPresent()) {
        open(content, passphrase.get()).close();
      } else {
        Keystore.account(content);
      }
      return Bytes.of(content);
    } catch (KeystoreRefused e) {
      throw new StartFailure(source + ": " + e.getMessage());
    } catch (IOException e) {
      throw new StartFailure("cannot read keystore " + source + ": " + FileFault.reason(e));
    }
  }

  /// Whether a keystore needs a passphrase; one that cannot be read counts as open, because reading
  /// it says what is wrong.
  public boolean isLocked(Path keystore) {
    try {
      open(env.disk().readAll(keystore.toAbsolutePath(), KEYSTORE_MAX), "").close();
      return false;
    } catch (KeystoreRefused e) {
      return e.reason() == KeystoreRefused.Reason.WRONG_PASSPHRASE;
    } catch (IOException e) {
      return false;
    }
  }

  /// Makes a keystore that [#readKeystore] gave the folder's own.
  ///
  /// @throws StartFailure when the folder has the keystore of another account, which would be lost
  public void adoptKeystore(Bytes keystore) throws StartFailure {
    try {
      if (env.disk().exists(keystoreFile())
          && !sameAccount(env.disk().readAll(keystoreFile(), KEYSTORE_MAX), keystore.toArray())) {
        throw new StartFailure(
            keystoreFile() + " belongs to another account; move it away to use the one given");
      }
      env.disk().replace(keystoreFile(), keystore.toArray());
    } catch (IOException e) {
      throw new StartFailure("cannot write " + keystoreFile() + ": " + FileFault.reason(e));
    }
  }

  private static boolean sameAccount(byte[] present, byte[] given) {
    try {
      return Keystore.account(present).equals(Keystore.account(given));
    } catch (KeystoreRefused e) {
      // A damaged keystore is worth nothing to its owner, but is not ours to throw away.
      return false;
    }
  }

  /// The wallet's key: from the keystore, from `given`, or a new one, stored under `passphrase`
  /// then.
  ///
  /// @param given 64 hexadecimal digits, with or without `0x`
  /// @throws StartFailure whose message contains `wrong passphrase` when that is what is wrong
  public PrivateKey wallet(String passphrase, Optional<String> given) throws StartFailure {
    // Two first starts at once would each store a new key, and one account would be lost.
    try (FolderLock _ = env.disk().lock(folder)) {
      Optional<PrivateKey> named =
          given.isPresent() ? Optional.of(parse(given.get())) : Optional.empty();
      if (env.disk().exists(keystoreFile())) {
        PrivateKey stored = open(env.disk().readAll(keystoreFile(), KEYSTORE_MAX), passphrase);
        if (named.isPresent() && !named.get().account().equals(stored.account())) {
          throw new StartFailure("the wallet key is not that of " + keystoreFile());
        }
        return stored;
      }
      PrivateKey key = named.orElseGet(() -> PrivateKey.generate(env));
      env.disk().replace(keystoreFile(), Keystore.encode(env, key, passphrase.toCharArray()));
      return key;
    } catch (KeystoreRefused e) {
      throw new StartFailure(keystoreFile() + ": " + e.getMessage());
    } catch (FolderInUse e) {
      throw new StartFailure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StartFailure("cannot use " + keystoreFile() + ": " + FileFault.reason(e));
    }
  }

  private static PrivateKey open(byte[] keystore, String passphrase) throws KeystoreRefused {
    return Keystore.open(keystore, passphrase.toCharArray());
  }

  private static PrivateKey parse(String hex) throws StartFailure {
    String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
    if (!digits.matches("[0-9a-fA-F]{64}")) {
      throw new StartFailure("the wallet key must be 64 hexadecimal digits");
    }
    byte[] secret = java.util.HexFormat.of().parseHex(digits);
    if (!PrivateKey.isValid(secret)) {
      throw new StartFailure("the wallet key is not a valid key");
    }
    return PrivateKey.of(secret);
  }
}
