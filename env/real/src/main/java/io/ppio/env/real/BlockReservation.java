package io.ppio.env.real;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// Asks the system for the blocks of a file without writing them: `posix_fallocate(3)`, which the
/// JDK does not offer.
///
/// Writing zeros takes as long as the disk needs for every byte; a plot is as large as what its
/// miner offers. Used where the C library has the functions and says yes; the caller writes zeros
/// otherwise. Stateless.
final class BlockReservation {
  private static final int OPEN_READ_WRITE = 2;

  private static final Optional<BlockReservation> AVAILABLE = find();

  private final MethodHandle open;
  private final MethodHandle allocate;
  private final MethodHandle close;

  private BlockReservation(MethodHandle open, MethodHandle allocate, MethodHandle close) {
    this.open = open;
    this.allocate = allocate;
    this.close = close;
  }

  // A call of the C library is what this class is for; the launchers and the build allow native
  // access.
  @SuppressWarnings("restricted")
  private static Optional<BlockReservation> find() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty(); // elsewhere the flags of open differ
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    Optional<MemorySegment> open = library.find("open");
    Optional<MemorySegment> allocate = library.find("posix_fallocate");
    Optional<MemorySegment> close = library.find("close");
    if (open.isEmpty() || allocate.isEmpty() || close.isEmpty()) {
      return Optional.empty();
    }
    MethodHandle openCall =
        linker.downcallHandle(
            open.get(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle allocateCall =
        linker.downcallHandle(
            allocate.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG));
    MethodHandle closeCall =
        linker.downcallHandle(
            close.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    return Optional.of(new BlockReservation(openCall, allocateCall, closeCall));
  }

  /// Reserves the blocks of `file` from `from` up to `size` and lengthens it.
  ///
  /// @return whether the system did; nothing has changed otherwise
  static boolean reserve(Path file, long from, long size) throws IOException {
    return AVAILABLE.isPresent() && AVAILABLE.get().tryReserve(file, from, size);
  }

  private boolean tryReserve(Path file, long from, long size) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) open.invokeExact(arena.allocateFrom(file.toString()), OPEN_READ_WRITE);
      if (descriptor < 0) {
        return false;
      }
      try {
        return (int) allocate.invokeExact(descriptor, from, size - from) == 0;
      } finally {
        int _ = (int) close.invokeExact(descriptor);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("reserving blocks of " + file, e);
    }
  }
}
