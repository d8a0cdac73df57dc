package io.ppio.node.miner;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/// A disk on which forcing one file fails from some moment on, as a dying one does.
final class FailingForces {
  private final String name;
  private boolean failing;

  /// @param name of the file
  FailingForces(String name) {
    this.name = name;
  }

  /// From now on nothing becomes durable in the file.
  void begin() {
    failing = true;
  }

  /// `env` with such a disk.
  Env in(Env env) {
    Disk disk =
        around(
            Disk.class,
            env.disk(),
            (method, arguments, result) ->
                method.equals("open") && ((Path) arguments[0]).endsWith(name)
                    ? around(
                        DiskFile.class,
                        (DiskFile) result,
                        (called, _, answer) -> file(called, answer))
                    : result);
    return around(Env.class, env, (method, _, result) -> method.equals("disk") ? disk : result);
  }

  private Object file(String method, Object result) throws IOException {
    if (failing && method.equals("force")) {
      throw new IOException("the disk is dying");
    }
    return result;
  }

  @FunctionalInterface
  private interface Change {
    Object of(String method, Object[] arguments, Object result) throws IOException;
  }

  private static <T> T around(Class<T> type, T inner, Change change) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return change.of(method.getName(), arguments, method.invoke(inner, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
