package io.ppio.api.cli;

import io.ppio.api.config.FileFault;
import io.ppio.api.config.PossConfig;
import io.ppio.api.config.Setting;
import io.ppio.api.daemon.DataFolder;
import io.ppio.api.daemon.StartFailure;
import io.ppio.env.Bytes;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What `init` and `start` both understand (interface specification 4.2).
final class SetupOptions {
  @Option(
      names = "--datadir",
      description = "the node's folder (default: .poss in the home directory)")
  String dataDir = "";

  @Option(names = "--config", description = "take the configuration from this file")
  String config = "";

  @Option(names = "--keystore", description = "keystore file to use")
  String keystore = "";

  @Option(
      names = {"--key-passphrase", "--keypassphrase", "--passphrase"},
      description =
          "opens the keystore; visible to other users of the machine, see --key-passphrase-file")
  String passphrase = "";

  @Option(names = "--key-passphrase-file", description = "file with the passphrase; - is stdin")
  String passphraseFile = "";

  @Option(names = "--bindip", description = "address the node's protocol binds")
  String bindIp = "";

  @Option(names = "--cpool-url", description = "coin-pool")
  String cpoolUrl = "";

  @Option(names = "--cpool-account", description = "account of the coin-pool")
  String cpoolAccount = "";

  @Option(names = "--testnet", description = "name of the network; empty is the main one")
  String testnet = "";

  @Option(names = "--zone", description = "region hint")
  String zone = "";

  DataFolder folder() {
    Path path =
        dataDir.isEmpty() ? Path.of(System.getProperty("user.home"), ".poss") : Path.of(dataDir);
    return new DataFolder(new RealEnv("user", path, new Slf4jLog("user")), path);
  }

  /// The passphrase that was given in any way; empty if none was.
  Optional<String> givenPassphrase() throws StartFailure {
    if (!passphraseFile.isEmpty()) {
      // Once: stdin cannot be read again.
      passphrase = firstLine(passphraseFile);
      passphraseFile = "";
      return Optional.of(passphrase);
    }
    return Optional.of(passphrase).filter(text -> !text.isEmpty());
  }

  /// Asks for the passphrase where none was given and somebody is there; what was answered counts
  /// as given.
  ///
  /// @return whether something was answered
  boolean ask(DataFolder folder) throws StartFailure {
    Optional<PassphrasePrompt> prompt = PassphrasePrompt.system();
    if (prompt.isEmpty() || !passphrase.isEmpty() || !passphraseFile.isEmpty()) {
      return false;
    }
    passphrase = prompt.get().ask(folder, keystore).orElse("");
    return !passphrase.isEmpty();
  }

  /// The first line of a file, or of stdin for `-`.
  static String firstLine(String file) throws StartFailure {
    try (BufferedReader in =
        file.equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(Path.of(file))) {
      String line = in.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new StartFailure("cannot read " + file + ": " + FileFault.reason(e));
    }
  }

  /// The configuration these options start from: the named file, else that of the folder.
  PossConfig configuration(DataFolder folder) throws StartFailure {
    return folder.config(config.isEmpty() ? Optional.empty() : Optional.of(Path.of(config)));
  }

  /// Lets options and environment win over the file.
  void apply(PossConfig settings) {
    settings.override(Setting.NET_BIND_IP, Optional.of(bindIp));
    settings.override(Setting.C_POOL_URL, Optional.of(cpoolUrl));
    settings.override(Setting.C_POOL_ACCOUNT, Optional.of(cpoolAccount));
    settings.override(Setting.TEST_NET, Optional.of(testnet));
    settings.override(Setting.ZONE, Optional.of(zone));
  }

  /// Makes the folder, writes what the file lacks and what the options say, takes the keystore
  /// over.
  void prepare(DataFolder folder) throws StartFailure {
    PossConfig settings = configuration(folder);
    Optional<Bytes> wallet = keystore(folder);
    folder.create();
    write(settings, Setting.NET_BIND_IP, bindIp);
    write(settings, Setting.C_POOL_URL, cpoolUrl);
    write(settings, Setting.C_POOL_ACCOUNT, cpoolAccount);
    write(settings, Setting.TEST_NET, testnet);
    write(settings, Setting.ZONE, zone);
    settings.complete();
    folder.write(settings);
    if (wallet.isPresent()) {
      folder.adoptKeystore(wallet.get());
    }
  }

  /// The keystore that was named, checked; empty if none was.
  Optional<Bytes> keystore(DataFolder folder) throws StartFailure {
    return keystore.isEmpty()
        ? Optional.empty()
        : Optional.of(folder.readKeystore(Path.of(keystore), givenPassphrase()));
  }

  private static void write(PossConfig settings, Setting setting, String value) {
    if (!value.isEmpty()) {
      settings.set(setting, io.ppio.api.json.Json.object().put("v", value).path("v"));
    }
  }
}
