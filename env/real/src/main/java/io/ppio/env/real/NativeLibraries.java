package io.ppio.env.real;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rocksdb.util.Environment;

/// The native libraries inside our jars, and the folder they are unpacked to once.
///
/// Left alone, RocksDB and secp256k1 copy themselves into the temporary folder at each start and
/// leave the copy there when the process is killed. [#unpack] at build time and these properties at
/// each start prevent that and save most of a second:
///
/// - `-Djava.library.path=FOLDER`: RocksDB and both Netty libraries are loaded from there;
/// - `-Dfr.acinq.secp256k1.lib.path=FOLDER`: secp256k1 is loaded from there;
/// - or only `-Dppio.natives=FOLDER`: [#prepare] sets what the others need. Netty then still copies
///   its two small libraries into the folder and removes them once they are loaded, since the JVM
///   reads `java.library.path` only when it starts.
public final class NativeLibraries {
  /// System property that names the folder.
  public static final String FOLDER_PROPERTY = "ppio.natives";

  private static final String NETTY_FOLDER_PROPERTY = "io.netty.native.workdir";
  private static final String SECP256K1_FOLDER_PROPERTY = "fr.acinq.secp256k1.lib.path";

  private NativeLibraries() {}

  /// Unpacks the libraries for this machine that are on the class path into a folder; makes it if
  /// absent.
  ///
  /// @param arguments the folder
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: NativeLibraries FOLDER");
    }
    unpack(Path.of(arguments[0]));
  }

  /// Unpacks the libraries for this machine that are on the class path into `folder`; makes it if
  /// absent.
  ///
  /// A file that is already right is left alone and a new one appears whole or not at all, so any
  /// number of processes may do this at once and others may be using the folder.
  ///
  /// @return the files that are now there
  public static List<Path> unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> unpacked = new ArrayList<>();
    for (String resource : resources()) {
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      if (unpack(resource, file)) {
        unpacked.add(file);
      }
    }
    if (Files.exists(folder.resolve(rocksDb()))) {
      linkRocksDb(folder);
    }
    return unpacked;
  }

  /// RocksDB looks under a second name when it is given the folder rather than finding the library
  /// by `java.library.path`.
  static String rocksDbInFolder() {
    return Environment.getJniLibraryFileName("rocksdbjni");
  }

  private static void linkRocksDb(Path folder) throws IOException {
    Path link = folder.resolve(rocksDbInFolder());
    if (!Files.exists(link)) {
      Path aside = folder.resolve(".linking-" + ProcessHandle.current().pid());
      Files.deleteIfExists(aside);
      Files.createSymbolicLink(aside, Path.of(rocksDb()));
      Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Tells the libraries where they are unpacked, if they are: in the folder named by
  /// [#FOLDER_PROPERTY], else in one of `java.library.path`. To be called before the first use of
  /// one. Idempotent, never overrides a property.
  ///
  /// @return the folder; empty when the libraries are still inside their jars
  public static Optional<Path> prepare() {
    Optional<Path> folder = folder();
    folder.ifPresent(found -> {
      setIfAbsent(NETTY_FOLDER_PROPERTY, found);
      if (Files.exists(found.resolve(System.mapLibraryName("secp256k1-jni")))) {
        setIfAbsent(SECP256K1_FOLDER_PROPERTY, found);
      }
    });
    return folder;
  }

  private static Optional<Path> folder() {
    String named = System.getProperty(FOLDER_PROPERTY, "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named).toAbsolutePath());
    }
    String rocksDb = rocksDb();
    return Arrays.stream(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(entry -> Files.exists(entry.resolve(rocksDb)))
        .findFirst();
  }

  private static void setIfAbsent(String property, Path folder) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, folder.toString());
    }
  }

  private static boolean unpack(String resource, Path file) throws IOException {
    try (InputStream packed =
        NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
      if (packed == null) {
        return false;
      }
      Path aside = Files.createTempFile(file.getParent(), ".unpacking-", "");
      try {
        Files.copy(packed, aside, StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(file) || Files.mismatch(aside, file) >= 0) {
          Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
          Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        Files.deleteIfExists(aside);
      }
      return true;
    }
  }

  /// Where the libraries for this machine are on the class path; empty on systems we have none for.
  private static List<String> resources() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return List.of();
    }
    String netty = isArm() ? "aarch_64" : "x86_64";
    return List.of(
        rocksDb(),
        "META-INF/native/libnetty_transport_native_epoll_" + netty + ".so",
        "META-INF/native/libnetty_tcnative_linux_" + netty + ".so",
        "fr/acinq/secp256k1/jni/native/linux-"
            + (isArm() ? "aarch64" : "x86_64")
            + "/libsecp256k1-jni.so");
  }

  private static String rocksDb() {
    return "librocksdbjni-linux" + (isArm() ? "-aarch64" : "64") + ".so";
  }

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }
}
