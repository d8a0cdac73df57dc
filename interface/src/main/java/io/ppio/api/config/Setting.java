package io.ppio.api.config;

import java.util.Locale;

/// Every member of `poss.conf` that this program reads or writes, with its default (interface
/// specification 5.1).
///
/// The path is the member's place in the document; a dot enters an object. Options and environment
/// variables name the same settings.
public enum Setting {
  NET_BIND_IP("Net.BindIP", "0.0.0.0", "address the node's own protocol binds"),
  NET_TCP_PORT(
      "Net.TCPPort",
      8060,
      "TCP port; 0 takes any free one, as does 8060 when it is taken and no option named it"),
  NET_UDP_PORT("Net.UDPPort", 8060, "UDP port; nothing uses UDP yet"),
  RPC_HOST("RPCHost", "127.0.0.1", "address the JSON-RPC service binds"),
  RPC_PORT("RPCPort", 18060, "port of the JSON-RPC service"),
  RPC_ALLOW_ORIGINS("RPCAllowOrigins", Kind.ARRAY, "origins that pages may call from"),
  RPC_ALLOW_REMOTE("RPCAllowRemote", false, "whether a non-loopback RPCHost takes effect"),
  RPC_ERROR_CODES("RPCErrorCodes", "compat", "`compat`, or `typed` for 3070xx in error.code"),
  RPC_AUTH("RPCAuth", "none", "`none`, or `token` to demand <datadir>/rpc.token"),
  RPC_PATH_ROOTS(
      "RPCPathRoots",
      Kind.ARRAY,
      "folders that local paths must lie in; empty allows all, to callers on this machine only"),
  HTTP_HOSTS("HTTPHosts", Kind.ARRAY, "further names accepted in the Host header"),
  BOOTSTRAP(
      "Bootstrap", Kind.ARRAY, "entry points of the network; a new file names 127.0.0.1:8020"),
  PAYMENT(
      "Payment",
      Kind.OBJECT,
      "without effect: nothing is paid yet; a new file names port 18030 of 127.0.0.1"),
  GENESIS("Genesis", "", "genesis document; empty takes <datadir>/genesis.json"),
  TEST_NET("TestNet", "", "without effect: the genesis says which network it is"),
  ZONE("Zone", 0, "without effect: nothing is scheduled by region"),
  STORAGE_PATH("StroagePath", "storage", "without effect: there is no cache folder"),
  C_POOL_URL("CPoolUrl", "", "without effect: there are no coin-pools yet"),
  C_POOL_ACCOUNT("CPoolAccount", "", "without effect: there are no coin-pools yet"),
  QOS_SERVER_CONFIG(
      "QosServerConfig", Kind.OBJECT, "kept for the programs that write it; no reports are sent"),
  FILE_LOG_LEVEL("FileLogLevel", "INFO", "DEBUG, INFO, WARN, ERROR or OFF"),
  CONSOLE_LOG_LEVEL("ConsoleLogLevel", "INFO", "DEBUG, INFO, WARN, ERROR or OFF"),
  ENABLE_CONSOLE_LOG("EnableConsoleLog", false, "whether events go to stderr too"),
  LOG_DIR("LogDir", "", "folder of the log file; empty is the data directory"),
  LOG_ROTATION_COUNT("LogRotationCount", 3, "old log files kept, 1 to 20"),
  LOG_ROTATION_SIZE(
      "LogRotationSize", 52428800, "bytes after which a log file is rotated, 65536 to 2^40"),
  TIMEOUT_PROGRESS(
      "TimeoutProgress",
      "120s",
      "a transfer without progress for so long fails; seconds, or a number with ms, s, m or h"),
  MIN_COPIES("MinCopies", 1, "fewest copies a put may ask for, 1 to 10"),
  DEFAULT_COPIES("DefaultCopies", 5, "copies where a put names none, 1 to 10"),
  MAX_RUNNING_JOBS("MaxRunningJobs", 5, "transfers at once, 1 to 1000"),
  JOB_QUEUE_SIZE("JobQueueSize", 64, "transfers that may wait, 1 to 100000"),
  AUTO_RESUME_TASKS("AutoResumeTasks", false, "whether interrupted tasks go on at start"),
  SYNC_INTERVAL("SyncInterval", 300, "seconds between refreshes of object states, 1 to 86400"),
  PENDING_END_WINDOW(
      "PendingEndWindow", 86400, "seconds before expiry shown as Pending-End, 0 to 2592000"),
  DISABLE_UDP("DisableUDP", false, "without effect: nothing uses UDP yet"),
  DEBUG("Debug", false, "DEBUG events go to the log file, whatever FileLogLevel is"),
  VERBOSE("Verbose", false, "events go to stderr too, whatever EnableConsoleLog is"),
  USER_ACCOUNT(
      "UserAccount", "", "kept for the programs that write it; WalletAccount tells the address"),
  KEY_PASSPHRASE("KeyPassphrase", "", "opens the keystore; never written by the daemon"),
  PRIVATE_KEY("PrivateKey", "", "64 hexadecimal digits; never written by the daemon"),
  ENABLE_WALLET_KEY("EnableWalletKey", false, "without effect: no call tells the wallet key");

  /// JSON type of a member.
  public enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    ARRAY,
    OBJECT
  }

  private final String path;
  private final Kind kind;
  private final String fallback;
  private final String meaning;

  Setting(String path, String fallback, String meaning) {
    this(path, Kind.TEXT, fallback, meaning);
  }

  Setting(String path, long fallback, String meaning) {
    this(path, Kind.NUMBER, Long.toString(fallback), meaning);
  }

  Setting(String path, boolean fallback, String meaning) {
    this(path, Kind.FLAG, Boolean.toString(fallback), meaning);
  }

  Setting(String path, Kind kind, String meaning) {
    this(path, kind, "", meaning);
  }

  Setting(String path, Kind kind, String fallback, String meaning) {
    this.path = path;
    this.kind = kind;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /// Place in the document.
  public String path() {
    return path;
  }

  /// The option of the command line that sets the member; its environment variable is
  /// `POSS_<OPTION>`. Members without an option have the variable all the same.
  public String option() {
    return switch (this) {
      case NET_BIND_IP -> "bindip";
      case NET_TCP_PORT -> "tcpport";
      case NET_UDP_PORT -> "udpport";
      case RPC_HOST -> "rpchost";
      case RPC_PORT -> "rpcport";
      case TEST_NET -> "testnet";
      case C_POOL_URL -> "cpool-url";
      case C_POOL_ACCOUNT -> "cpool-account";
      case FILE_LOG_LEVEL -> "log-file-level";
      case CONSOLE_LOG_LEVEL -> "log-console-level";
      case PRIVATE_KEY -> "wallet-key";
      default -> name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  /// JSON type.
  public Kind kind() {
    return kind;
  }

  /// The default as text.
  public String fallback() {
    return fallback;
  }

  /// One clause for people.
  public String meaning() {
    return meaning;
  }

  /// Whether the value must never be shown.
  public boolean secret() {
    return this == KEY_PASSPHRASE || this == PRIVATE_KEY;
  }
}
