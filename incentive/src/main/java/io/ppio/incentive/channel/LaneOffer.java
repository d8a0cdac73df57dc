package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Check;
import java.util.List;
import java.util.Optional;

/// to the user: the terms of a lane under the miner's signature, the key holder's if there is one,
/// and `H(K_j)` of every window.
///
/// @param verifier empty in the miner's own copy and in a direct lane
/// @param keyHashes in the order of windows
@Sent(from = "miner, key holder", to = "user")
public record LaneOffer(
    SignedStatement<LaneTerms> terms,
    @Field(value = 7, absent = "a direct lane, or not confirmed yet") Optional<Signature> verifier,
    @Field(value = 8, count = LaneOffer.WINDOWS_MAX) List<Hash> keyHashes)
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
}
