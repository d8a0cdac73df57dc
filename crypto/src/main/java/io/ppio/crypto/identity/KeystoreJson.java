package io.ppio.crypto.identity;

import static io.ppio.crypto.identity.KeystoreRefused.Reason.MALFORMED;
import static io.ppio.crypto.identity.KeystoreRefused.Reason.UNSUPPORTED;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The members of a key file (interface specification 6.3), still encrypted.
///
/// Reading is liberal: any member order, hexadecimal digits of either case, unknown members.
/// Writing always gives the one form that every known reader accepts.
///
/// @param version 4, or 3 and lower with an older MAC
/// @param id the UUID of the file, kept as written
record KeystoreJson(int version, String id, Account account, Sealed sealed) {
  /// The encrypted key.
  ///
  /// @param cipher the name as written, because it is part of the MAC
  /// @param ciphertext 32 bytes
  /// @param iv 16 bytes
  /// @param mac 32 bytes
  record Sealed(String cipher, Bytes ciphertext, Bytes iv, Derivation derivation, Bytes mac) {}

  /// How the passphrase becomes a key.
  record Derivation(Bytes salt, ScryptCost cost) {}

  static final int VERSION = 4;
  static final String CIPHER = "aes-128-ctr";
  static final int IV_SIZE = 16;

  /// What other clients accept at most.
  static final int FILE_SIZE_MAX = 1000;

  private static final String KDF = "scrypt";
  private static final String MAC_HASH = "sha3256";
  private static final int MAC_SIZE = 32;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  byte[] encode() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", version);
    root.put("id", id);
    root.put("address", account.address());
    ObjectNode crypto = root.putObject("crypto");
    crypto.put("ciphertext", sealed.ciphertext().hex());
    crypto.putObject("cipherparams").put("iv", sealed.iv().hex());
    crypto.put("cipher", sealed.cipher());
    crypto.put("kdf", KDF);
    ScryptCost cost = sealed.derivation().cost();
    ObjectNode parameters = crypto.putObject("kdfparams");
    parameters.put("dklen", cost.keySize());
    parameters.put("salt", sealed.derivation().salt().hex());
    parameters.put("n", cost.n());
    parameters.put("r", cost.r());
    parameters.put("p", cost.p());
    crypto.put("mac", sealed.mac().hex());
    crypto.put("machash", MAC_HASH);
    return JSON.writeValueAsBytes(root);
  }

  static KeystoreJson decode(byte[] file) throws KeystoreRefused {
    if (file.length > FILE_SIZE_MAX) {
      throw new KeystoreRefused(MALFORMED, "key file is larger than " + FILE_SIZE_MAX + " bytes");
    }
    JsonNode root = tree(file);
    int version = root.path("version").isMissingNode() ? VERSION : integer(root, "version");
    if (version < 1 || version > VERSION) {
      throw new KeystoreRefused(UNSUPPORTED, "key file has version " + version);
    }
    return new KeystoreJson(
        version,
        root.path("id").asString(""),
        account(text(root, "address")),
        sealed(root.path("crypto")));
  }

  private static Sealed sealed(JsonNode crypto) throws KeystoreRefused {
    String cipher = text(crypto, "cipher");
    requireName(cipher, CIPHER, "cipher");
    requireName(text(crypto, "kdf"), KDF, "key derivation");
    if (crypto.has("machash")) {
      requireName(text(crypto, "machash"), MAC_HASH, "MAC");
    }
    JsonNode parameters = crypto.path("kdfparams");
    return new Sealed(
        cipher,
        hex(crypto, "ciphertext", Secp256k1.SCALAR_SIZE),
        hex(crypto.path("cipherparams"), "iv", IV_SIZE),
        new Derivation(hex(parameters, "salt", -1), cost(parameters)),
        hex(crypto, "mac", MAC_SIZE));
  }

  private static JsonNode tree(byte[] file) throws KeystoreRefused {
    try {
      JsonNode root = JSON.readTree(file);
      if (root.isObject()) {
        return root;
      }
      throw new KeystoreRefused(MALFORMED, "key file is no JSON object");
    } catch (JacksonException e) {
      throw new KeystoreRefused(MALFORMED, "key file is not JSON");
    }
  }

  private static ScryptCost cost(JsonNode parameters) throws KeystoreRefused {
    int n = integer(parameters, "n");
    int r = integer(parameters, "r");
    int p = integer(parameters, "p");
    int keySize = integer(parameters, "dklen");
    if (!ScryptCost.isAllowed(n, r, p, keySize)) {
      throw new KeystoreRefused(UNSUPPORTED, "key file has scrypt parameters out of bounds");
    }
    return new ScryptCost(n, r, p, keySize);
  }

  private static Account account(String address) throws KeystoreRefused {
    try {
      return Account.parse(address);
    } catch (MalformedMessage e) {
      throw new KeystoreRefused(MALFORMED, "key file: " + e.getMessage());
    }
  }

  private static void requireName(String value, String expected, String what)
      throws KeystoreRefused {
    if (!value.toLowerCase(Locale.ROOT).equals(expected)) {
      throw new KeystoreRefused(UNSUPPORTED, "key file has another " + what + " than " + expected);
    }
  }

  private static String text(JsonNode node, String member) throws KeystoreRefused {
    JsonNode value = node.path(member);
    if (!value.isString()) {
      throw new KeystoreRefused(MALFORMED, "key file lacks the text " + member);
    }
    return value.stringValue();
  }

  private static int integer(JsonNode node, String member) throws KeystoreRefused {
    JsonNode value = node.path(member);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new KeystoreRefused(MALFORMED, "key file lacks the number " + member);
    }
    return value.intValue();
  }

  private static Bytes hex(JsonNode node, String member, int size) throws KeystoreRefused {
    String text = text(node, member);
    try {
      Bytes bytes = Bytes.fromHex(text);
      if (size >= 0 && bytes.size() != size) {
        throw new KeystoreRefused(MALFORMED, member + " must have " + size + " bytes");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new KeystoreRefused(MALFORMED, member + " is not hexadecimal");
    }
  }
}
