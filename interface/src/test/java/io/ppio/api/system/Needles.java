package io.ppio.api.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What must not be found, and the search for it in files, whatever their form.
final class Needles {
  private static final int BUFFER = 1 << 20;

  /// No needle is longer.
  private static final int LONGEST = 256;

  private static final int WINDOW = 16;
  private static final int STRIDE = 2048;

  private static final class Needle {
    private final String name;
    private final byte[] bytes;

    private Needle(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  private final List<Needle> needles = new ArrayList<>();

  /// The first two bytes of all needles, as a quick test.
  private final BitSet beginnings = new BitSet(1 << 16);

  private void needle(String name, byte[] bytes) {
    if (bytes.length < 2 || bytes.length > LONGEST) {
      throw new IllegalArgumentException(name);
    }
    needles.add(new Needle(name, bytes));
    beginnings.set(beginning(bytes, 0));
  }

  private static int beginning(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /// Short windows of a content, all over it.
  Needles content(String name, byte[] content) {
    for (int at = 0; at + WINDOW <= content.length; at += STRIDE) {
      needle(name + " at " + at, Arrays.copyOfRange(content, at, at + WINDOW));
    }
    return this;
  }

  /// A word, as it is and in hexadecimal digits.
  Needles word(String name, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    needle(name, bytes);
    needle(name + " in UTF-16", word.getBytes(StandardCharsets.UTF_16LE));
    needle(name + " in hexadecimal", ascii(HexFormat.of().formatHex(bytes)));
    return this;
  }

  /// A key, as it is and in the usual digits.
  Needles key(String name, byte[] key) {
    needle(name, key);
    needle(name + " in hexadecimal", ascii(HexFormat.of().formatHex(key)));
    needle(name + " in HEXADECIMAL", ascii(HexFormat.of().withUpperCase().formatHex(key)));
    needle(name + " in base64", ascii(Base64.getEncoder().withoutPadding().encodeToString(key)));
    return this;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Searches every file under `folder`. A running node may remove some meanwhile; those are left
  /// out.
  ///
  /// @return what was found where, one line each
  List<String> foundUnder(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              found.addAll(foundIn(file));
              return FileVisitResult.CONTINUE;
            } catch (NoSuchFileException gone) {
              return visitFileFailed(file, gone);
            }
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return found;
  }

  /// Searches one file, and its name.
  List<String> foundIn(Path file) throws IOException {
    Set<String> found = new TreeSet<>();
    byte[] name = file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    search(name, name.length, found);
    byte[] buffer = new byte[BUFFER + LONGEST];
    try (InputStream in = Files.newInputStream(file)) {
      int kept = 0;
      int read = in.readNBytes(buffer, 0, BUFFER);
      while (read > 0) {
        search(buffer, kept + read, found);
        int end = kept + read;
        kept = Math.min(LONGEST, end);
        System.arraycopy(buffer, end - kept, buffer, 0, kept);
        read = in.readNBytes(buffer, kept, BUFFER);
      }
    }
    return found.stream().map(what -> what + " in " + file).toList();
  }

  private void search(byte[] bytes, int length, Set<String> found) {
    for (int at = 0; at + 1 < length; at++) {
      if (!beginnings.get(beginning(bytes, at))) {
        continue;
      }
      for (Needle needle : needles) {
        int end = at + needle.bytes.length;
        if (end <= length && Arrays.equals(bytes, at, end, needle.bytes, 0, needle.bytes.length)) {
          found.add(needle.name);
        }
      }
    }
  }
}
