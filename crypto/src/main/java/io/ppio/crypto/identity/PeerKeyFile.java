package io.ppio.crypto.identity;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// The file of a node's own key: one line of ASCII, `ppio-peer-key 1 KEY CHECK\n`.
///
/// `1` is the version, KEY 64 lower-case hexadecimal digits, CHECK the first 8 digits of
/// `TH("ppio/peer-key", KEY bytes)`. Not encrypted: a node must start without a person; the file is
/// readable by its owner only.
final class PeerKeyFile {
  private static final String MAGIC = "ppio-peer-key";
  private static final String VERSION = "1";
  private static final int SIZE_MAX = 128;
  private static final int CHECK_DIGITS = 8;

  private PeerKeyFile() {}

  static PrivateKey loadOrCreate(Env env, Path file) throws IOException {
    Disk disk = env.disk();
    if (disk.exists(file)) {
      disk.restrict(file);
      return read(disk, file);
    }
    Path folder = file.getParent();
    if (folder != null) {
      disk.createFolders(folder);
    }
    PrivateKey key = PrivateKey.generate(env);
    disk.replace(file, encode(key));
    return key;
  }

  private static byte[] encode(PrivateKey key) {
    byte[] secret = key.toArray();
    try {
      String line =
          String.join(" ", MAGIC, VERSION, HexFormat.of().formatHex(secret), check(secret)) + "\n";
      return line.getBytes(StandardCharsets.US_ASCII);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static String check(byte[] secret) {
    return Hash.tagged("ppio/peer-key", secret).hex().substring(0, CHECK_DIGITS);
  }

  private static PrivateKey read(Disk disk, Path file) throws IOException {
    String content = new String(disk.readAll(file, SIZE_MAX), StandardCharsets.US_ASCII);
    String[] words = content.strip().split(" ", -1);
    if (words.length < 2 || !words[0].equals(MAGIC)) {
      throw new IOException(file + " is no peer key file");
    }
    if (!words[1].equals(VERSION)) {
      throw new IOException(file + " has version " + words[1] + ", known is " + VERSION);
    }
    byte[] secret = secret(file, words);
    try {
      if (!check(secret).equals(words[3]) || !PrivateKey.isValid(secret)) {
        throw new IOException(file + " is damaged: checksum");
      }
      return PrivateKey.of(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] secret(Path file, String[] words) throws IOException {
    if (words.length != 4 || words[2].length() != 2 * Secp256k1.SCALAR_SIZE) {
      throw new IOException(file + " is damaged: length");
    }
    try {
      return HexFormat.of().parseHex(words[2]);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: not hexadecimal", e);
    }
  }
}
