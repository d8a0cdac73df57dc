package io.ppio.node.miner;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;

/// A disk on which one file or store takes nothing durably, or gives nothing, at some times, as a
/// dying one does.
final class FailingDisk {
  private final String name;
  private boolean failing;
  private boolean unreadable;

  /// @param name of the file or the store
  FailingDisk(String name) {
    this.name = name;
  }

  /// Forces and commits fail from now on, or succeed again.
  void fail(boolean on) {
    failing = on;
  }

  /// Reads fail from now on, or succeed again.
  void failReads(boolean on) {
    unreadable = on;
  }

  /// `env` with such a disk.
  Env in(Env env) {
    Disk disk = around(Disk.class, env.disk(), (_, arguments, result) -> opened(arguments, result));
    return around(Env.class, env, (method, _, result) -> method.equals("disk") ? disk : result);
  }

  private Object opened(List<Object> arguments, Object result) {
    boolean ours =
        !arguments.isEmpty() && arguments.getFirst() instanceof Path path && path.endsWith(name);
    return switch (result) {
      case DiskFile file when ours -> around(DiskFile.class, file, (_, _, same) -> same);
      case Store store when ours -> around(Store.class, store, (_, _, same) -> same);
      case null, default -> result;
    };
  }

  @FunctionalInterface
  private interface Change {
    Object of(String method, List<Object> arguments, Object result);
  }

  private <T> T around(Class<T> type, T inner, Change change) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (failing && List.of("force", "commit").contains(method.getName())) {
                throw new IOException("the disk is dying");
              }
              if (unreadable && method.getName().equals("readFully")) {
                throw new IOException("the disk gives nothing");
              }
              try {
                List<Object> given = arguments == null ? List.of() : List.of(arguments);
                return change.of(method.getName(), given, method.invoke(inner, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
