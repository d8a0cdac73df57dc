package io.ppio.api.cli;

import io.ppio.api.config.PossConfig;
import io.ppio.api.config.Setting;
import io.ppio.api.daemon.DataFolder;
import io.ppio.api.daemon.StartFailure;
import io.ppio.api.daemon.UserDaemon;
import io.ppio.api.devnet.Program;
import io.ppio.api.json.Json;
import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import io.ppio.env.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `init`, `start`, `stop`, `config` (interface specification 4.2 and 4.3).
final class ServiceCommands {
  private static final String READY = "start ppio user node ok";

  private ServiceCommands() {}

  @CommandLine.Command(
      name = "init",
      description = "make a data directory",
      footer = {
        "",
        "Example:",
        "  poss init --datadir=$HOME/.poss --keystore=keystore.json --key-passphrase-file=-"
      })
  static final class Init implements Callable<Integer> {
    @Mixin SetupOptions setup = new SetupOptions();

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    @Override
    public Integer call() {
      LogFile.off();
      Console console = Console.system();
      DataFolder folder = setup.folder();
      try {
        if (!setup.keystore.isEmpty()) {
          setup.ask(folder);
        }
        setup.prepare(folder);
      } catch (StartFailure e) {
        console.line("Failed! " + e.getMessage());
        return CliFailure.EXIT_FAILED;
      }
      console.line("initPOSS");
      console.line("initPOSS datadir= " + folder.path());
      console.line("initPOSS datadir=" + folder.path());
      console.line("config.StroagePath = storage");
      if (!setup.keystore.isEmpty()) {
        console.line("SetupKeyStore !!!");
      }
      console.line("Succeed!");
      return 0;
    }
  }

  @CommandLine.Command(
      name = "start",
      aliases = "start-daemon",
      description = "run the user node",
      footer = {"", "Example:", "  poss start --daemon --datadir=$HOME/.poss"})
  static final class Start implements Callable<Integer> {
    @Mixin SetupOptions setup = new SetupOptions();

    @Option(
        names = "--daemon",
        arity = "0..1",
        fallbackValue = "true",
        description = "run in the background")
    boolean daemon;

    @Option(
        names = "--wallet-key",
        description = "64 hexadecimal digits; visible to other users, see --wallet-key-file")
    String walletKey = "";

    @Option(names = "--wallet-key-file", description = "file with the wallet key; - is stdin")
    String walletKeyFile = "";

    @Option(names = "--rpchost", description = "address of the JSON-RPC service")
    String rpcHost = "";

    @Option(names = "--rpcport", description = "port of the JSON-RPC service")
    String rpcPort = "";

    @Option(names = "--tcpport", description = "TCP port of the node's protocol")
    String tcpPort = "";

    @Option(names = "--udpport", description = "UDP port of the node's protocol")
    String udpPort = "";

    @Option(names = "--log-file-level", description = "DEBUG, INFO, WARN, ERROR or OFF")
    String fileLevel = "";

    @Option(names = "--log-console-level", description = "DEBUG, INFO, WARN, ERROR or OFF")
    String consoleLevel = "";

    @Option(
        names = "--disable-udp",
        arity = "0..1",
        fallbackValue = "true",
        description = "without effect: nothing uses UDP yet")
    String disableUdp = "";

    @Option(
        names = "--debug",
        arity = "0..1",
        fallbackValue = "true",
        description = "write DEBUG events to the log file, whatever --log-file-level says")
    String debug = "";

    @Option(
        names = "--verbose",
        arity = "0..1",
        fallbackValue = "true",
        description = "show events on stderr too, from the level of --log-console-level on")
    String verbose = "";

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      Console console = Console.system();
      try {
        return daemon ? background(console) : foreground(console);
      } catch (IllegalArgumentException e) {
        CliFailure shown = CliFailure.illegalOption(String.valueOf(e.getMessage()));
        console.err().println(shown.line());
        return shown.exit();
      } catch (StartFailure | IOException e) {
        console.err().println(CliFailure.general(String.valueOf(e.getMessage())).line());
        return CliFailure.EXIT_FAILED;
      }
    }

    private int foreground(Console console) throws StartFailure, InterruptedException {
      LogFile.off();
      DataFolder folder = setup.folder();
      PossConfig settings = settings(folder);
      ask(folder, settings);
      Optional<Bytes> keystore = setup.keystore(folder);
      if (!Files.exists(folder.configFile())) {
        setup.prepare(folder);
        settings = settings(folder);
      }
      folder.create();
      startLogging(folder, settings);
      if (keystore.isPresent()) {
        folder.adoptKeystore(keystore.get());
      }
      UserDaemon running = UserDaemon.start(folder, settings, secrets(settings));
      AtomicInteger status = NodeCommand.closeAtExit(running);
      console.line(READY);
      if (!running.awaitStop()) {
        status.set(CliFailure.EXIT_FAILED);
        throw new StartFailure("the node cannot go on; its log says why");
      }
      return 0;
    }

    /// Asks for the passphrase where none was given and somebody is there.
    ///
    /// @return whether something was answered
    private boolean ask(DataFolder folder, PossConfig settings) throws StartFailure {
      return settings.text(Setting.KEY_PASSPHRASE).isEmpty() && setup.ask(folder);
    }

    /// What the daemon would run with.
    ///
    /// @throws IllegalArgumentException naming the bad setting
    private PossConfig settings(DataFolder folder) throws StartFailure {
      PossConfig settings = setup.configuration(folder);
      setup.apply(settings);
      settings.override(Setting.RPC_HOST, Optional.of(rpcHost));
      settings.override(Setting.RPC_PORT, Optional.of(rpcPort));
      settings.override(Setting.NET_TCP_PORT, Optional.of(tcpPort));
      settings.override(Setting.NET_UDP_PORT, Optional.of(udpPort));
      settings.override(Setting.FILE_LOG_LEVEL, Optional.of(fileLevel));
      settings.override(Setting.CONSOLE_LOG_LEVEL, Optional.of(consoleLevel));
      settings.override(Setting.DISABLE_UDP, Optional.of(disableUdp));
      settings.override(Setting.DEBUG, Optional.of(debug));
      settings.override(Setting.VERBOSE, Optional.of(verbose));
      settings.environment();
      UserDaemon.check(settings);
      return settings;
    }

    private UserDaemon.Secrets secrets(PossConfig settings) throws StartFailure {
      settings.override(Setting.KEY_PASSPHRASE, setup.givenPassphrase());
      settings.override(
          Setting.PRIVATE_KEY,
          Optional.of(walletKeyFile.isEmpty() ? walletKey : SetupOptions.firstLine(walletKeyFile)));
      return new UserDaemon.Secrets(
          settings.text(Setting.KEY_PASSPHRASE),
          Optional.of(settings.text(Setting.PRIVATE_KEY)).filter(text -> !text.isEmpty()));
    }

    private static void startLogging(DataFolder folder, PossConfig settings) {
      String logDir = settings.text(Setting.LOG_DIR);
      LogFile.start(
          new LogFile.FileSettings(
              logDir.isEmpty() ? folder.path() : folder.path().resolve(logDir),
              System.getProperty("ppio.program", "poss"),
              fileLevel(settings),
              (int) settings.number(Setting.LOG_ROTATION_COUNT, 1, 20),
              settings.number(Setting.LOG_ROTATION_SIZE, 1 << 16, 1L << 40)),
          consoleLevel(settings));
    }

    private boolean readsStdin() {
      return setup.passphraseFile.equals("-") || walletKeyFile.equals("-");
    }

    /// Starts the same command without `--daemon` as a process of its own and relays what it says
    /// until it is ready.
    private int background(Console console) throws IOException, InterruptedException, StartFailure {
      LogFile.off();
      DataFolder folder = setup.folder();
      // What the child would refuse is refused here, before there is a folder.
      PossConfig settings = settings(folder);
      boolean asked = !readsStdin() && ask(folder, settings);
      folder.create();
      List<String> args = new ArrayList<>();
      args.add("start");
      List<String> given = spec.commandLine().getParseResult().originalArgs();
      args.addAll(foregroundArgs(given.subList(1, given.size())));
      Path out = folder.path().resolve("out.log");
      Files.deleteIfExists(out);
      String stdin = "";
      if (asked) {
        args.add("--key-passphrase-file=-");
        stdin = setup.passphrase + "\n";
      } else if (readsStdin()) {
        stdin = SetupOptions.firstLine("-") + "\n";
      }
      Process child = Program.start(Program.command("poss", args), folder.path(), stdin);
      try (BufferedReader lines = Files.newBufferedReader(out, StandardCharsets.UTF_8)) {
        while (true) {
          String line = lines.readLine();
          if (line != null) {
            console.line(line);
            if (line.equals(READY)) {
              return 0;
            }
          } else if (!child.isAlive()) {
            console.err().print(Files.readString(folder.path().resolve("err.log")));
            int exit = child.waitFor();
            return exit == 0 ? CliFailure.EXIT_FAILED : exit;
          } else {
            Thread.sleep(20);
          }
        }
      }
    }
  }

  /// What the log file gets.
  static String fileLevel(PossConfig settings) {
    return settings.flag(Setting.DEBUG) ? "DEBUG" : settings.text(Setting.FILE_LOG_LEVEL);
  }

  /// What stderr gets: nothing unless it was asked for.
  static String consoleLevel(PossConfig settings) {
    boolean shown =
        settings.flag(Setting.ENABLE_CONSOLE_LOG)
            || settings.flag(Setting.VERBOSE)
            || settings.origin(Setting.CONSOLE_LOG_LEVEL) == PossConfig.Origin.OPTION;
    return shown ? settings.text(Setting.CONSOLE_LOG_LEVEL) : "OFF";
  }

  /// The options without the one that asks for the background.
  static List<String> foregroundArgs(List<String> options) {
    List<String> kept = new ArrayList<>();
    boolean afterDaemon = false;
    for (String option : options) {
      boolean valueOfDaemon = afterDaemon && List.of("true", "false").contains(option);
      afterDaemon = option.equals("--daemon");
      if (!afterDaemon && !valueOfDaemon && !option.startsWith("--daemon=")) {
        kept.add(option);
      }
    }
    return List.copyOf(kept);
  }

  @CommandLine.Command(
      name = "stop",
      aliases = "stop-daemon",
      description = "end the user node",
      footer = {"", "Example:", "  poss stop"})
  static final class Stop extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      client.call("StopDaemon");
    }
  }

  @CommandLine.Command(
      name = "config",
      description = "show the effective configuration",
      footer = {
        "",
        "Examples:",
        "  poss config --show-origin",
        "  POSS_RPCPORT=18070 poss config --show-origin"
      })
  static final class Config implements Callable<Integer> {
    @Mixin SetupOptions setup = new SetupOptions();

    @Option(names = "--show-origin", description = "print each value with its source")
    boolean showOrigin;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    @Override
    public Integer call() {
      LogFile.off();
      Console console = Console.system();
      try {
        PossConfig settings = setup.configuration(setup.folder());
        setup.apply(settings);
        if (!showOrigin) {
          console.line(Json.pretty(settings.effective()));
          return 0;
        }
        settings.environment();
        for (Setting setting : Setting.values()) {
          console.line(
              setting.path()
                  + "="
                  + (setting.secret() ? "" : settings.text(setting))
                  + " ("
                  + settings.origin(setting).name().toLowerCase(java.util.Locale.ROOT)
                  + ")");
        }
        return 0;
      } catch (StartFailure e) {
        console.err().println(CliFailure.localFile(String.valueOf(e.getMessage())).line());
        return CliFailure.EXIT_FAILED;
      }
    }
  }
}
