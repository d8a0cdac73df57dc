package io.ppio.api.rpc;

import io.ppio.node.user.api.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Which local files a caller may name (interface specification 1.1, File paths).
///
/// The daemon acts with its own rights, so a path must, after links are resolved, be a regular file
/// (or not exist, for output), lie outside the data folder and, where roots are configured, inside
/// one of them. Callers on other machines may name no file at all where no roots are. Immutable.
///
/// @param dataFolder the daemon's own files, never readable or writable through a call
/// @param roots folders a path must lie in; empty allows all to callers on this machine
/// @param working what relative paths are resolved against
record LocalPaths(Path dataFolder, List<Path> roots, Path working) {
  LocalPaths {
    roots = List.copyOf(roots);
  }

  /// The file to read that `text` names.
  ///
  /// @param remote whether the caller is on another machine
  Path source(String param, String text, boolean remote) throws UserFailure {
    Path path = resolve(param, text, remote);
    if (!Files.exists(path)) {
      throw new UserFailure(UserFailure.Code.FAIL, "open " + text + ": no such file or directory");
    }
    Path real = allowed(param, path);
    if (!Files.isRegularFile(real)) {
      throw UserFailure.illegalOption(param, text + " is not a regular file");
    }
    return real;
  }

  /// The file to write that `text` names.
  ///
  /// @param remote whether the caller is on another machine
  Path target(String param, String text, boolean remote) throws UserFailure {
    Path path = resolve(param, text, remote);
    if (Files.exists(path)) {
      Path real = allowed(param, path);
      if (!Files.isRegularFile(real)) {
        throw UserFailure.illegalOption(param, text + " is not a regular file");
      }
      return real;
    }
    Path folder = path.getParent();
    Path name = path.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      throw new UserFailure(
          UserFailure.Code.FAIL, "output can not open: the folder of " + text + " does not exist");
    }
    return allowed(param, folder).resolve(name);
  }

  private Path resolve(String param, String text, boolean remote) throws UserFailure {
    if (remote && roots.isEmpty()) {
      throw UserFailure.illegalOption(param, "callers on other machines need RPCPathRoots");
    }
    try {
      return working.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw UserFailure.illegalOption(param, "not a path");
    }
  }

  private Path allowed(String param, Path path) throws UserFailure {
    try {
      Path real = path.toRealPath();
      if (real.startsWith(dataFolder.toRealPath())) {
        throw UserFailure.illegalOption(param, "inside the data directory");
      }
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath())) {
          return real;
        }
      }
      if (roots.isEmpty()) {
        return real;
      }
      throw UserFailure.illegalOption(param, "outside RPCPathRoots");
    } catch (IOException e) {
      throw UserFailure.illegalOption(param, "cannot be read");
    }
  }
}
