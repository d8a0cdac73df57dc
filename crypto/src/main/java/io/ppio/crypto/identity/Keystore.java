package io.ppio.crypto.identity;

import static io.ppio.crypto.identity.KeystoreRefused.Reason.MALFORMED;
import static io.ppio.crypto.identity.KeystoreRefused.Reason.WRONG_ADDRESS;
import static io.ppio.crypto.identity.KeystoreRefused.Reason.WRONG_PASSPHRASE;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CTRModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// Key files: a private key under a passphrase (interface specification 6.3).
///
/// The passphrase goes through scrypt; 16 bytes of the result encrypt the key with AES-128-CTR, the
/// rest keys a SHA3-256 MAC that tells a wrong passphrase from a right one. Passphrases are arrays
/// so that their owner can clear them. Opening takes about 0.1 s of processor time and up to 256
/// MiB of memory. Safe for concurrent use.
public final class Keystore {
  private static final int SALT_SIZE = 32;
  private static final int CIPHER_KEY_SIZE = 16;
  private static final int UTF8_BYTES_PER_CHAR = 3;

  private Keystore() {}

  /// The bytes of a new file of version 4 for `key`, at most 1000.
  ///
  /// @param passphrase any text, empty too; neither kept nor changed
  public static byte[] encode(Env env, PrivateKey key, char[] passphrase) {
    byte[] random = new byte[SALT_SIZE + KeystoreJson.IV_SIZE + 16];
    env.secret(random);
    Bytes salt = Bytes.of(random, 0, SALT_SIZE);
    Bytes iv = Bytes.of(random, SALT_SIZE, KeystoreJson.IV_SIZE);
    ByteBuffer rest = ByteBuffer.wrap(random, SALT_SIZE + KeystoreJson.IV_SIZE, 16);
    return seal(key, passphrase, new Salt(salt, iv, uuid(rest)), ScryptCost.WRITER).encode();
  }

  /// What makes each file different.
  record Salt(Bytes salt, Bytes iv, String id) {}

  /// A random UUID (RFC 9562 version 4) of 16 random bytes.
  private static String uuid(ByteBuffer random) {
    long high = (random.getLong() & ~0xf000L) | 0x4000L;
    long low = (random.getLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low).toString();
  }

  static KeystoreJson seal(PrivateKey key, char[] passphrase, Salt salt, ScryptCost cost) {
    byte[] derived = derive(passphrase, salt.salt(), cost);
    byte[] secret = key.toArray();
    try {
      byte[] ciphertext = crypt(derived, salt.iv(), secret);
      byte[] mac = mac(KeystoreJson.VERSION, derived, ciphertext, salt.iv(), KeystoreJson.CIPHER);
      return new KeystoreJson(
          KeystoreJson.VERSION,
          salt.id(),
          key.account(),
          new KeystoreJson.Sealed(
              KeystoreJson.CIPHER,
              Bytes.of(ciphertext),
              salt.iv(),
              new KeystoreJson.Derivation(salt.salt(), cost),
              Bytes.of(mac)));
    } finally {
      Arrays.fill(derived, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /// The key in `file`.
  ///
  /// @param passphrase neither kept nor changed
  /// @throws KeystoreRefused when the file is no key file, costs too much to open, or the
  ///   passphrase is not its own
  public static PrivateKey open(byte[] file, char[] passphrase) throws KeystoreRefused {
    KeystoreJson json = KeystoreJson.decode(file);
    KeystoreJson.Sealed sealed = json.sealed();
    byte[] derived = derive(passphrase, sealed.derivation().salt(), sealed.derivation().cost());
    byte[] secret = new byte[0];
    try {
      byte[] ciphertext = sealed.ciphertext().toArray();
      byte[] mac = mac(json.version(), derived, ciphertext, sealed.iv(), sealed.cipher());
      if (!MessageDigest.isEqual(mac, sealed.mac().toArray())) {
        throw new KeystoreRefused(WRONG_PASSPHRASE, "wrong passphrase");
      }
      secret = crypt(derived, sealed.iv(), ciphertext);
      return key(secret, json.account());
    } finally {
      Arrays.fill(derived, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static PrivateKey key(byte[] secret, Account account) throws KeystoreRefused {
    if (!PrivateKey.isValid(secret)) {
      throw new KeystoreRefused(MALFORMED, "key file holds no private key");
    }
    PrivateKey key = PrivateKey.of(secret);
    if (!key.account().equals(account)) {
      key.close();
      throw new KeystoreRefused(WRONG_ADDRESS, "key file holds the key of another address");
    }
    return key;
  }

  /// The account whose key is in `file`, without opening it and so without proof.
  public static Account account(byte[] file) throws KeystoreRefused {
    return KeystoreJson.decode(file).account();
  }

  static byte[] derive(char[] passphrase, Bytes salt, ScryptCost cost) {
    byte[] room = new byte[UTF8_BYTES_PER_CHAR * passphrase.length];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    var encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    encoder.encode(CharBuffer.wrap(passphrase), encoded, true);
    byte[] utf8 = Arrays.copyOf(room, encoded.position());
    try {
      return cost.derive(utf8, salt);
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(room, (byte) 0);
    }
  }

  private static byte[] crypt(byte[] derived, Bytes iv, byte[] input) {
    CTRModeCipher counter = SICBlockCipher.newInstance(AESEngine.newInstance());
    KeyParameter key = new KeyParameter(derived, 0, CIPHER_KEY_SIZE);
    counter.init(true, new ParametersWithIV(key, iv.toArray()));
    byte[] output = new byte[input.length];
    counter.processBytes(input, 0, input.length, output, 0);
    return output;
  }

  /// The MAC over the ciphertext and, from version 4 on, what decides its meaning.
  static byte[] mac(int version, byte[] derived, byte[] ciphertext, Bytes iv, String cipher) {
    byte[] key = Arrays.copyOfRange(derived, CIPHER_KEY_SIZE, 2 * CIPHER_KEY_SIZE);
    try {
      return version < KeystoreJson.VERSION
          ? Address.sha3(key, ciphertext)
          : Address.sha3(key, ciphertext, iv.toArray(), cipher.getBytes(StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
