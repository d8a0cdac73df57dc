package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Check;
import java.util.List;
import java.util.Optional;

/// to the user: the terms of a lane under the miner's signature, the key holder's if there is one,
/// and `H(K_j)` of every window.
///
/// @param verifier empty in the miner's own copy and in a direct lane
/// @param keyHashes in the order of windows
public record LaneOffer(
    SignedStatement<LaneTerms> terms, Optional<Signature> verifier, List<Hash> keyHashes)
    implements LaneMessage {
  /// Windows in a lane at most: a segment of 128 pieces in windows of one.
  public static final int WINDOWS_MAX = 128;

  public LaneOffer {
    keyHashes = List.copyOf(keyHashes);
    Check.range(keyHashes.size(), 1, WINDOWS_MAX, "windows");
  }

  /// The offer with the signature of `key`, a key holder that checked it.
  public LaneOffer confirm(PrivateKey key) {
    return new LaneOffer(terms, Optional.of(key.sign(terms.body().signedDigest())), keyHashes);
  }

  /// Whether `key` confirmed it.
  public boolean isConfirmedBy(PublicKey key) {
    return verifier
        .filter(signature -> signature.isBy(key, terms.body().signedDigest()))
        .isPresent();
  }

  /// Whether the key hashes are those that the terms commit to, one for each window of a segment of
  /// `pieces`.
  public boolean listsKeysOf(int pieces) {
    int w = terms.body().windowPieces();
    return keyHashes.size() == (pieces + w - 1) / w
        && ListRoot.of(keyHashes.stream().map(Hash::toArray).toList())
            .equals(terms.body().keyRoot());
  }

  /// In canonical protobuf.
  public byte[] encode() {
    var out = terms.body().write().bytes(6, terms.signature().bytes());
    verifier.ifPresent(signature -> out.bytes(7, signature.bytes()));
    return out.list(8, keyHashes, Hash::toArray).toBytes();
  }

  /// Decodes one.
  public static LaneOffer decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in -> {
          LaneTerms terms = LaneTerms.read(in);
          Signature miner = in.message(6, Signature.SIZE, Signature::decode);
          Optional<Signature> verifier =
              in.has(7)
                  ? Optional.of(in.message(7, Signature.SIZE, Signature::decode))
                  : Optional.empty();
          return new LaneOffer(
              new SignedStatement<>(terms, miner),
              verifier,
              in.list(8, WINDOWS_MAX, Hash.SIZE, Hash::of));
        });
  }
}
