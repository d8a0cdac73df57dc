package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Env;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/// 12 English words that stand for a key (BIP-39; interface specification 6.5).
///
/// The words spell 128 bits of entropy and 4 of checksum. The private key is the low nibble of
/// every byte of the BIP-39 seed, as the first clients had it; there is no BIP-32 tree. Never
/// printed.
///
/// Here rather than in the main sources: its known answers are published, but no command takes one
/// yet.
public record Mnemonic(List<String> words) {
  /// Words in a mnemonic.
  public static final int WORDS = 12;

  private static final int ENTROPY_SIZE = 16;
  private static final int BITS_PER_WORD = 11;
  private static final int CHECKSUM_BITS = 4;
  private static final int ROUNDS = 2048;
  private static final int SEED_SIZE = 64;

  /// Longer input is no mnemonic: 12 words of at most 8 letters, and some space.
  private static final int TEXT_MAX = 1000;

  public Mnemonic {
    words = List.copyOf(words);
    if (words.size() != WORDS || !checksumHolds(words)) {
      throw new IllegalArgumentException("no mnemonic");
    }
  }

  /// New words from `env`'s secrets, which give a key together with `passphrase`.
  public static Mnemonic generate(Env env, String passphrase) {
    byte[] entropy = new byte[ENTROPY_SIZE];
    Mnemonic mnemonic;
    do {
      env.secret(entropy);
      mnemonic = ofEntropy(Bytes.of(entropy));
    } while (mnemonic.privateKey(passphrase).isEmpty());
    Arrays.fill(entropy, (byte) 0);
    return mnemonic;
  }

  /// The words of 16 bytes.
  static Mnemonic ofEntropy(Bytes entropy) {
    BigInteger bits =
        new BigInteger(1, entropy.toArray())
            .shiftLeft(CHECKSUM_BITS)
            .or(BigInteger.valueOf(checksum(entropy.toArray())));
    List<String> words = new ArrayList<>();
    for (int i = WORDS - 1; i >= 0; i--) {
      int index = bits.shiftRight(i * BITS_PER_WORD).intValue() & ((1 << BITS_PER_WORD) - 1);
      words.add(WordList.ENGLISH.get(index));
    }
    return new Mnemonic(words);
  }

  private static int checksum(byte[] entropy) {
    return Hash.sha256(entropy).bytes().at(0) >>> (8 - CHECKSUM_BITS);
  }

  private static boolean checksumHolds(List<String> words) {
    BigInteger bits = BigInteger.ZERO;
    for (String word : words) {
      int index = Collections.binarySearch(WordList.ENGLISH, word);
      if (index < 0) {
        return false;
      }
      bits = bits.shiftLeft(BITS_PER_WORD).or(BigInteger.valueOf(index));
    }
    byte[] padded = new byte[Secp256k1.SCALAR_SIZE];
    Scalars.write(bits.shiftRight(CHECKSUM_BITS), padded, 0);
    byte[] entropy = Arrays.copyOfRange(padded, padded.length - ENTROPY_SIZE, padded.length);
    return checksum(entropy) == (bits.intValue() & ((1 << CHECKSUM_BITS) - 1));
  }

  /// The words that a person wrote, in either case and with any space between them.
  public static Mnemonic parse(String text) throws MalformedMessage {
    if (text.length() > TEXT_MAX) {
      throw new MalformedMessage("mnemonic is too long");
    }
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    List<String> words = Arrays.asList(normal.strip().split("\\s+"));
    if (words.size() != WORDS) {
      throw new MalformedMessage("mnemonic must have " + WORDS + " words");
    }
    for (int i = 0; i < WORDS; i++) {
      if (Collections.binarySearch(WordList.ENGLISH, words.get(i)) < 0) {
        throw new MalformedMessage("word " + (i + 1) + " is not in the word list");
      }
    }
    if (!checksumHolds(words)) {
      throw new MalformedMessage("words do not fit together: checksum");
    }
    return new Mnemonic(words);
  }

  /// The words in order, one space between them.
  public String phrase() {
    return String.join(" ", words);
  }

  /// The BIP-39 seed, 64 bytes; the caller clears it.
  byte[] seed(String passphrase) {
    String salt = "mnemonic" + Normalizer.normalize(passphrase, Normalizer.Form.NFKD);
    PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA512Digest());
    pbkdf2.init(
        phrase().getBytes(StandardCharsets.UTF_8), salt.getBytes(StandardCharsets.UTF_8), ROUNDS);
    KeyParameter derived = (KeyParameter) pbkdf2.generateDerivedMacParameters(8 * SEED_SIZE);
    return derived.getKey();
  }

  /// The private key of the words and `passphrase`; empty, with negligible probability, when they
  /// give none.
  public Optional<PrivateKey> privateKey(String passphrase) {
    byte[] seed = seed(passphrase);
    byte[] secret = new byte[Secp256k1.SCALAR_SIZE];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (((seed[2 * i] & 0x0f) << 4) | (seed[2 * i + 1] & 0x0f));
    }
    try {
      return PrivateKey.isValid(secret) ? Optional.of(PrivateKey.of(secret)) : Optional.empty();
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /// Never the words.
  @Override
  public String toString() {
    return "Mnemonic of " + WORDS + " words";
  }

  /// The 2048 words of BIP-39 in English, in their order, which is also that of the alphabet.
  static final class WordList {
    static final List<String> ENGLISH = load();

    private WordList() {}

    private static List<String> load() {
      try (var resource = Mnemonic.class.getResourceAsStream("bip39-english.txt")) {
        Check.that(resource != null, "the word list is part of this jar");
        List<String> words =
            new String(resource.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        Check.that(words.size() == 1 << BITS_PER_WORD, "the word list has 2048 words");
        return words;
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException("reading the word list", e);
      }
    }
  }
}
