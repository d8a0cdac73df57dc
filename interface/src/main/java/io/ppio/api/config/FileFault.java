package io.ppio.api.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/// Says in words why the file system refused; several exceptions of the JDK only name the path.
/// Stateless.
public final class FileFault {
  private FileFault() {}

  /// The reason without the path, for a line that names the path already.
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _ -> "not a directory";
      case FileAlreadyExistsException _ -> "something else is there";
      case FileSystemException system ->
          Optional.ofNullable(system.getReason()).orElse("the system refused");
      default -> Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getName());
    };
  }
}
