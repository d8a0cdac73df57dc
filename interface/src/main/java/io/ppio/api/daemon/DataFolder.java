package io.ppio.api.daemon;

import io.ppio.api.config.PossConfig;
import io.ppio.env.Env;
import io.ppio.network.identity.Keystore;
import io.ppio.network.identity.KeystoreRefused;
import io.ppio.network.identity.PrivateKey;
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
      throw new StartFailure("cannot make " + folder + ": " + e.getMessage());
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
      throw new StartFailure("cannot read " + file + ": " + e.getMessage());
    }
  }

  /// Replaces the folder's configuration atomically.
  public void write(PossConfig config) throws StartFailure {
    try {
      env.disk().replace(configFile(), config.toBytes());
    } catch (IOException e) {
      throw new StartFailure("cannot write " + configFile() + ": " + e.getMessage());
    }
  }

  /// Copies a keystore into the folder; nothing is copied unless it opens, where a passphrase is
  /// given.
  public void adoptKeystore(Path source, Optional<String> passphrase) throws StartFailure {
    try {
      byte[] content = env.disk().readAll(source.toAbsolutePath(), KEYSTORE_MAX);
      if (passphrase.isPresent()) {
        open(content, passphrase.get()).close();
      } else {
        Keystore.account(content);
      }
      env.disk().replace(keystoreFile(), content);
    } catch (KeystoreRefused e) {
      throw new StartFailure(source + ": " + e.getMessage());
    } catch (IOException e) {
      throw new StartFailure("cannot read keystore " + source + ": " + e.getMessage());
    }
  }

  /// The wallet's key: from the keystore, from `given`, or a new one, stored under `passphrase`
  /// then.
  ///
  /// @param given 64 hexadecimal digits, with or without `0x`
  /// @throws StartFailure whose message contains `wrong passphrase` when that is what is wrong
  public PrivateKey wallet(String passphrase, Optional<String> given) throws StartFailure {
    try {
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
    } catch (IOException e) {
      throw new StartFailure("cannot use " + keystoreFile() + ": " + e.getMessage());
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
